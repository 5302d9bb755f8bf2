#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/rating_prediction/probe.hpp"
#include "experiments/tasks/rating_prediction/rating_scores.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using config::Json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::message_of;
using ::testing::SizeIs;
using testing::write_file;

class ReadFiles : public ::testing::Test {
 protected:
  testing::TemporaryFolder folder_;
};

Outcome read_back(const Outcome& outcome) {
  return read_outcome(config::parse_json(config::dump(to_json(outcome)), "outcome"), rating_scores);
}

TestScores tested(double rmse) {
  return {{&rmse_score, rmse, 9}, {&mae_score, 1, 9}, {&warm_rmse_score, std::nan(""), 0}};
}

Outcome untrained() {
  Outcome outcome;
  outcome.training.best.metric = &metric::rmse;
  return outcome;
}

TEST_F(ReadFiles, OutcomesComeBack) {
  Outcome outcome{.variant = "with \"SN\"",
                  .seed = 18446744073709551615u,
                  .training = {.epochs = 7, .best_epoch = 5, .best = {&metric::rmse, 0.25}},
                  .failure = {},
                  .test = tested(1.5)};
  const Outcome read = read_back(outcome);
  EXPECT_TRUE(std::isnan(value_of(*read.test, warm_rmse_score)));
  EXPECT_EQ(config::dump(to_json(read)), config::dump(to_json(outcome)));
}

TEST_F(ReadFiles, AFailedOutcomeComesBack) {
  Outcome outcome = untrained();
  outcome.failure = "loss is NaN";
  const Outcome read = read_back(outcome);
  EXPECT_EQ(read.failure, "loss is NaN");
  EXPECT_TRUE(std::isnan(read.training.best.value));
  EXPECT_FALSE(read.test);
}

TEST_F(ReadFiles, OlderResultsLookedOnceWhereTheyHoldTestErrors) {
  Outcome outcome = untrained();
  EXPECT_EQ(looks_at_test(to_json(outcome)), 0);
  outcome.test = tested(1.5);
  Json result = to_json(outcome);
  EXPECT_EQ(looks_at_test(result), 1);
  result.set("looks_at_test", 3);
  EXPECT_EQ(looks_at_test(result), 3);
}

TEST_F(ReadFiles, MetricsComeBack) {
  const EpochReport report{.epoch = 3,
                           .losses = {{"loss", 10}},
                           .penalty = 2,
                           .training = {{&metric::rmse, 0.75}},
                           .validation = {{&metric::rmse, 0.8}},
                           .best = true,
                           .rate = 0.5,
                           .seconds = 1};
  const std::string line = metrics_line(report);
  EXPECT_EQ(line, R"({"epoch": 3, "loss": 10.0, "penalty": 2.0, "train_rmse": 0.75, )"
                  R"("validation_rmse": 0.8, "best": true, "rate": 0.5, "seconds": 1.0})");
  // A run that is still going may have written half of its last line.
  write_file(folder_ / "metrics.jsonl", line + "\n" + line + "\n" + line.substr(0, 20));
  const std::vector<EpochReport> read = read_metrics(folder_ / "metrics.jsonl");
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(metrics_line(read[1]), line);
  EXPECT_THAT(read_metrics(folder_ / "none.jsonl"), IsEmpty());
}

TEST_F(ReadFiles, ADamagedLineOfMetricsIsNamed) {
  write_file(folder_ / "metrics.jsonl", metrics_line({}) + "\n{\"epoch\": \n" + metrics_line({}));
  EXPECT_THAT(message_of<IoError>([&] { read_metrics(folder_ / "metrics.jsonl"); }),
              HasSubstr("metrics.jsonl:2: "));
}

TEST_F(ReadFiles, ProbesComeBack) {
  const std::vector<ProbeCurve> curves{
      {.variant = "a, \"b\"\nc", .actual = 4.5, .known = {1, 3}, .prediction = {{1, 2}, {3, 4}}},
      {.variant = "", .actual = 4.5, .known = {2}, .prediction = {{0.1f}}}};
  try {
    write_probe(folder_.path(), curves);
  } catch (const IoError&) {  // the line break, or no gnuplot; the CSV is there
  }
  const std::vector<ProbeCurve> read = read_probe(folder_ / "probe.csv");
  ASSERT_THAT(read, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read[i].variant, curves[i].variant);
    EXPECT_EQ(read[i].actual, 4.5);
    EXPECT_EQ(read[i].known, curves[i].known);
    EXPECT_EQ(read[i].prediction, curves[i].prediction);
  }
}

TEST_F(ReadFiles, ProbesOfOlderVersionsDoNotSayTheRating) {
  write_file(folder_ / "probe.csv", "variant,known_ratings,draw,prediction\n\"a\",1,0,2.5\n");
  const std::vector<ProbeCurve> read = read_probe(folder_ / "probe.csv");
  ASSERT_THAT(read, SizeIs(1));
  EXPECT_TRUE(std::isnan(read[0].actual));
  EXPECT_EQ(read[0].prediction[0][0], 2.5f);
}

TEST_F(ReadFiles, ADamagedProbeIsNamed) {
  const std::string header = "variant,known_ratings,draw,prediction\n";
  for (const char* damage :
       {"a,1,0,2\n", "\"a,1,0,2\n", "\"a\",1,0\n", "\"a\",1,0,x\n", "\"", "\n"}) {
    write_file(folder_ / "probe.csv", header + "\"a\",1,0,2.5\n" + damage);
    EXPECT_THAT(message_of<IoError>([&] { read_probe(folder_ / "probe.csv"); }),
                HasSubstr("probe.csv:3: "))
        << damage;
  }
  write_file(folder_ / "probe.csv", "something else\n");
  EXPECT_THAT(message_of<IoError>([&] { read_probe(folder_ / "probe.csv"); }),
              AllOf(HasSubstr("probe.csv:1: "), HasSubstr("header")));
}

}  // namespace
}  // namespace lacuna::experiments
