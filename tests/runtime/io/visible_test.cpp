#include "runtime/io/visible.hpp"

#include <gtest/gtest.h>

namespace lacuna::io {
namespace {

TEST(Visible, TextStaysAndControlCharactersAreEscaped) {
  EXPECT_EQ(visible(""), "");
  EXPECT_EQ(visible("J\u00fcrgen \u7528\u6237 \U0001F600 \\x1b"),
            "J\u00fcrgen \u7528\u6237 \U0001F600 \\x1b");
  EXPECT_EQ(visible("\x1b[31m\x07\x7f"), "\\x1b[31m\\x07\\x7f");
  EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(visible("a\tb\r\n"), "a\\tb\\r\\n");
  EXPECT_EQ(visible("a\tb\r\n", "\t\n"), "a\tb\\r\n");
}

TEST(Visible, SoAreTheSecondKindOfControlCharactersAndWhatIsNoUtf8) {
  EXPECT_EQ(visible("\u009b31m\u00a0"), "\\xc2\\x9b31m\u00a0");
  EXPECT_EQ(visible("\x9b|\xe9t\xe9|\xc3"), "\\x9b|\\xe9t\\xe9|\\xc3");
}

}  // namespace
}  // namespace lacuna::io
