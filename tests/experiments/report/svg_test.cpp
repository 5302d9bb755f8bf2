#include "experiments/report/svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/report/chart.hpp"
#include "runtime/error.hpp"
#include "tests/support/scoped_variable.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* drawn = R"(<?xml version="1.0"?>
<svg width="60" height="40" viewBox="0 0 60 40" xmlns="http://www.w3.org/2000/svg">
<title>Gnuplot</title>
<desc>Produced by GNUPLOT</desc>
<defs><circle id='gpDot' r='1'/></defs>
<g id="gnuplot_plot_1" ><title>$d0</title>
<g color="black" stroke="black">
</g>
<g fill="none" color="black" stroke="currentColor">
	<path stroke='rgb( 11,  98, 164)' d='M1,1 L2,2'/><use xlink:href='#gpDot' fill="black"/></g>
</g>
</svg>
)";

TEST(InlineSvg, BecomesAPartOfThePage) {
  const std::string svg = inline_svg(drawn, "c1-", "a \"chart\"");
  EXPECT_THAT(svg, StartsWith("<svg viewBox=\"0 0 60 40\" role=\"img\" "
                              "aria-label=\"a &quot;chart&quot;\">"));
  EXPECT_THAT(svg, AllOf(HasSubstr("stroke='var(--s0)'"), HasSubstr("fill=\"currentColor\""),
                         HasSubstr("id='c1-gpDot'"), HasSubstr(" href='#c1-gpDot'"),
                         HasSubstr("id=\"c1-gnuplot_plot_1\"")));
  EXPECT_THAT(svg, AllOf(Not(HasSubstr("http")), Not(HasSubstr("<title>")), Not(HasSubstr("black")),
                         Not(HasSubstr("<?xml")), Not(HasSubstr("xlink"))));
}

TEST(InlineSvg, EmptyGroupsGo) {
  EXPECT_THAT(inline_svg(drawn, "", ""), Not(HasSubstr(">\n</g>\n<g fill")));
}

TEST(InlineSvg, SaysWhatIsNoSvg) {
  EXPECT_THROW(inline_svg("nothing", "", ""), IoError);
}

TEST(ChartDrawer, SaysOnceWhatIsMissing) {
  const testing::TemporaryFolder folder;
  const testing::ScopedVariable path("PATH", folder.path().string());
  Chart chart;
  chart.lines.push_back({{{1, 2}, {2, 1}}, series_pen(0)});
  ChartDrawer drawer;
  EXPECT_EQ(drawer.draw(chart), "");
  EXPECT_THAT(drawer.problem(), HasSubstr("install gnuplot-nox"));
}

TEST(ChartDrawer, AChartOfNothingIsNone) {
  ChartDrawer drawer;
  EXPECT_EQ(drawer.draw({}), "");
  EXPECT_EQ(drawer.problem(), "");
}

TEST(SeriesPen, TellsManySeriesApart) {
  for (std::size_t a = 0; a < 40; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_FALSE(series_pen(a).colour == series_pen(b).colour &&
                   series_pen(a).dash == series_pen(b).dash)
          << a << " and " << b;
    }
  }
}

}  // namespace
}  // namespace lacuna::experiments::report
