#include "experiments/bench/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "runtime/config/json_reader.hpp"

namespace lacuna::experiments::bench {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using Kind = Bound::Kind;

Report report_with(double ratio) {
  Report report{
      .name = "step", .threads = 2, .repetitions = 3, .shape = {}, .samples = {}, .results = {}};
  report.shape = config::Json::object({{"rows", 7}});
  report.samples = {{"ours", {0.001, 0.003, 0.002}}, {"dense", {0.5}}};
  report.results = {{"ratio", "ratio of both", ratio, "x", Bound{Kind::at_least, 3, "too slow"}},
                    {"rate", "rate of ours", 12.5, "GB/s"}};
  return report;
}

TEST(BenchBound, HoldsOnItsSide) {
  EXPECT_TRUE((Bound{Kind::at_least, 3, ""}.holds(3)));
  EXPECT_FALSE((Bound{Kind::at_least, 3, ""}.holds(2.9)));
  EXPECT_TRUE((Bound{Kind::at_most, 3, ""}.holds(3)));
  EXPECT_FALSE((Bound{Kind::at_most, 3, ""}.holds(3.1)));
  for (const Kind kind : {Kind::at_least, Kind::at_most}) {
    EXPECT_FALSE((Bound{kind, 3, ""}.holds(std::numeric_limits<double>::quiet_NaN())));
  }
}

TEST(BenchReport, PassesWhereEveryBoundHolds) {
  EXPECT_TRUE(report_with(3.5).passed());
  EXPECT_FALSE(report_with(2.5).passed());
}

TEST(BenchReport, TheTextShowsTimesAndWhatIsMissed) {
  EXPECT_THAT(text(report_with(3.5)),
              AllOf(HasSubstr("2 threads"), HasSubstr("7 rows"), HasSubstr("2.00    1.00    3.00"),
                    HasSubstr("500.00"), HasSubstr("12.5"), HasSubstr(">= 3, met"),
                    Not(HasSubstr("too slow"))));
  EXPECT_THAT(text(report_with(2.5)),
              AllOf(HasSubstr(">= 3, missed"), HasSubstr("ratio of both: too slow")));
}

TEST(BenchReport, TheJsonReadsBack) {
  const config::Json json = config::parse_json(config::dump(to_json(report_with(2.5))), "report");
  EXPECT_EQ(json.at("name").as_string(), "step");
  EXPECT_EQ(json.at("shape").at("rows").as_int64(), 7);
  const config::Json& ours = json.at("times_ms").at("ours");
  EXPECT_EQ(ours.at("median").as_double(), 2);
  EXPECT_EQ(ours.at("max").as_double(), 3);
  EXPECT_THAT(ours.at("samples").as_array(), SizeIs(3));
  const config::Json& ratio = json.at("results").at("ratio");
  EXPECT_EQ(ratio.at("value").as_double(), 2.5);
  EXPECT_EQ(ratio.at("mark").as_string(), ">= 3");
  EXPECT_FALSE(ratio.at("met").as_bool());
  EXPECT_EQ(json.at("results").at("rate").find("met"), nullptr);
  EXPECT_FALSE(json.at("passed").as_bool());
}

TEST(BenchReport, RatesAreShownWhereASideSaysWhatItMoves) {
  Report report{.name = "kernels", .shape = config::Json::object(), .samples = {}, .results = {}};
  report.samples = {{"copy", {0.5}, 4e9, 0}, {"product", {2}, 4e9, 6e10}, {"backward", {1}}};
  EXPECT_THAT(text(report), AllOf(HasSubstr("GB/s  of copy  GFLOP/s"),
                                  HasSubstr("2     0.25       30"), HasSubstr("8        1")));
  const config::Json times = to_json(report).at("times_ms");
  EXPECT_EQ(times.at("copy").at("gb_per_s").as_double(), 8);
  EXPECT_EQ(times.at("product").at("share_of_copy").as_double(), 0.25);
  EXPECT_EQ(times.at("product").at("gflop_per_s").as_double(), 30);
  EXPECT_EQ(times.at("copy").find("gflop_per_s"), nullptr);
  EXPECT_EQ(times.at("backward").find("gb_per_s"), nullptr);
}

TEST(BenchReport, SaysWhatItWasMeasuredOn) {
  EXPECT_EQ(to_json(report_with(1)).at("device").as_string(), "cpu");
  EXPECT_FALSE(to_json(report_with(1)).at("processor").as_string().empty());
}

}  // namespace
}  // namespace lacuna::experiments::bench
