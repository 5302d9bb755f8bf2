#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/probe/probe_files.hpp"
#include "experiments/tasks/rating_prediction/rating_probe.hpp"
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
  const std::vector<Probe> probes{
      {.variant = "a, \"b\"",
       .epoch = 1,
       .known = {1, 3},
       .pairs = {{"17", "i, 1", 4.5, {1, 2}}, {"18", "2", 3, {3, -0.5}}},
       .draws = {{1, 1}, {2, 2}}},
      {.variant = "a, \"b\"",
       .epoch = 7,
       .known = {1, 3},
       .pairs = {{"17", "i, 1", 4.5, {0.25, 2}}},
       .draws = {{0.5, 0}, {2, 2}}},
      {.variant = "c", .epoch = 0, .known = {2}, .pairs = {{"1", "1", 4, {2}}}, .draws = {{2}}}};
  try {
    write_probes(folder_.path(), probes, rating_words);
  } catch (const IoError&) {  // no gnuplot; the CSVs are there
  }
  const std::vector<Probe> read = read_probes(folder_.path(), rating_words);
  ASSERT_THAT(read, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read[i].variant, probes[i].variant);
    EXPECT_EQ(read[i].epoch, probes[i].epoch);
    EXPECT_EQ(read[i].known, probes[i].known);
    ASSERT_EQ(read[i].pairs.size(), probes[i].pairs.size());
    for (std::size_t pair = 0; pair < read[i].pairs.size(); ++pair) {
      EXPECT_EQ(read[i].pairs[pair].first, probes[i].pairs[pair].first);
      EXPECT_EQ(read[i].pairs[pair].second, probes[i].pairs[pair].second);
      EXPECT_EQ(read[i].pairs[pair].actual, probes[i].pairs[pair].actual);
      EXPECT_EQ(read[i].pairs[pair].mean, probes[i].pairs[pair].mean);
    }
  }
  EXPECT_THAT(read[0].draws, IsEmpty()) << "draws are those of the best epoch";
  EXPECT_EQ(read[1].draws, probes[1].draws);
  EXPECT_EQ(read[2].draws, probes[2].draws);
}

TEST_F(ReadFiles, AVariantsNameStaysOnItsLine) {
  const std::vector<Probe> probes{
      {.variant = "a\nb", .epoch = 1, .known = {1}, .pairs = {{"1", "2", 4, {1}}}, .draws = {{1}}}};
  write_probe_files(folder_.path(), probes, rating_words);
  EXPECT_EQ(read_probes(folder_.path(), rating_words).at(0).variant, "a b");
}

TEST_F(ReadFiles, ProbesOfOlderVersionsLookedAtOnePairAndAreLeftAlone) {
  write_file(folder_ / "probe.csv",
             "variant,known_ratings,draw,prediction,actual\n\"a\",1,0,2,4\n");
  EXPECT_THAT(read_probes(folder_.path(), rating_words), IsEmpty());
}

TEST_F(ReadFiles, ADamagedProbeIsNamed) {
  const std::string header = "variant,epoch,user,item,actual,known_ratings,prediction\n";
  for (const char* damage : {"a,1,2\n", "a,1,1,2,4.5,x,2\n", "a,1,1,2,4.5,-1,2\n",
                             "a,1,1,2,4.5,99999999999,2\n", "a,1,1,2,4.5,1,x\n"}) {
    write_file(folder_ / "probe.csv", header + "a,1,1,2,4.5,1,2.5\n" + damage);
    EXPECT_THAT(message_of<IoError>([&] { read_probes(folder_.path(), rating_words); }),
                HasSubstr("probe.csv:3: "))
        << damage;
  }
  write_file(folder_ / "probe.csv", header + "a,1,1,2,4.5,1,2.5\na,1,3,2,4,1,2\na,1,3,2,4,5,2\n");
  EXPECT_THAT(message_of<IoError>([&] { read_probes(folder_.path(), rating_words); }),
              HasSubstr("the pair of user 3 and item 2 has 2 levels, others have 1"));
  write_file(folder_ / "probe.csv", "something else\n");
  EXPECT_THAT(message_of<IoError>([&] { read_probes(folder_.path(), rating_words); }),
              AllOf(HasSubstr("probe.csv:1: "), HasSubstr("header")));
}

}  // namespace
}  // namespace lacuna::experiments
