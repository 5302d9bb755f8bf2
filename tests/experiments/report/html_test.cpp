#include "experiments/report/html.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lacuna::experiments::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Html, EscapesWhatTagsAndQuotesAreMadeOf) {
  EXPECT_EQ(escape("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(escape("&lt;"), "&amp;lt;");
  EXPECT_EQ(escape("\u00e9 \u2212 1\n\t2"), "\u00e9 \u2212 1\n\t2");
  EXPECT_EQ(escape(std::string("\x01\x7f\0x", 4)), "\uFFFD\uFFFD\uFFFDx");
}

TEST(Html, TablesHaveHeadersOfColumnsAndRows) {
  const std::string html = table("errors & more", {{"", "RMSE"}, {"<b>", "1.0"}}, Cells::numbers);
  EXPECT_THAT(html, AllOf(HasSubstr("<caption>errors &amp; more</caption>"),
                          HasSubstr("<td></td><th scope=\"col\">RMSE</th>"),
                          HasSubstr("<tr><th scope=\"row\">&lt;b&gt;</th><td>1.0</td></tr>")));
}

TEST(Html, WhatIsEmptyIsLeftOut) {
  EXPECT_EQ(table("nothing", {{"", "a"}}, Cells::text), "");
  EXPECT_EQ(section("nothing", ""), "");
}

TEST(Html, APageAsksNothingOfTheNetwork) {
  const std::string html = page("<title>", "<p>x</p>\n");
  EXPECT_THAT(html,
              AllOf(::testing::StartsWith("<!DOCTYPE html>"),
                    HasSubstr("<title>&lt;title&gt;</title>"), HasSubstr("<html lang=\"en\">"),
                    HasSubstr("default-src 'none'"), HasSubstr("prefers-color-scheme: dark"),
                    HasSubstr("@media print"), HasSubstr("width=device-width")));
  EXPECT_THAT(html, AllOf(Not(HasSubstr("http://")), Not(HasSubstr("https://")),
                          Not(HasSubstr("src=")), Not(HasSubstr("<script"))));
}

}  // namespace
}  // namespace lacuna::experiments::report
