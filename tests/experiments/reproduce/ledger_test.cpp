#include "experiments/reproduce/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "experiments/experiment_json.hpp"
#include "experiments/reproduce/configuration.hpp"
#include "experiments/tasks/regression/regression_task.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using ::testing::Pair;
using testing::read_file;
using testing::write_file;

Experiment experiment(const std::string& data, const std::string& rest = "") {
  return parse_experiment(config::parse_json(
      R"({"data": {"type": "table", "target": "y", )" + data +
          R"(}, "model": {"type": "mlp"}, "evaluate": {"type": "regression"})" + rest + "}",
      "experiment"));
}

TEST(Configuration, IsOfWhatDecidesTheResults) {
  const std::string hash = configuration_of(experiment(R"("path": "a/x.csv")"));
  EXPECT_EQ(hash.size(), 16U);
  const auto same = [&](const std::string& data, const std::string& rest = "") {
    return configuration_of(experiment(data, rest)) == hash;
  };
  EXPECT_TRUE(same(R"("path": "/elsewhere/x.csv")"));
  EXPECT_TRUE(same(R"("path": "a/x.csv", "scale": "standardize", "copies": 1)")) << "defaults";
  EXPECT_TRUE(same(R"("path": "a/x.csv")", R"(, "description": "d", "threads": 2, "seeds": 5,
      "output": {"root": "r"}, "sweep": {"grid": {"train.epochs": [1, 2]}})"));
  EXPECT_FALSE(same(R"("path": "a/z.csv")"));
  EXPECT_FALSE(same(R"("path": "a/x.csv", "split_seed": 1)"));
  EXPECT_FALSE(same(R"("path": "a/x.csv")", R"(, "seed": 1)"));
  EXPECT_FALSE(same(R"("path": "a/x.csv")", R"(, "train": {"epochs": 3})"));
  Experiment searched = experiment(R"("path": "a/x.csv")");
  searched.evaluate = without_test(searched.evaluate);
  EXPECT_NE(configuration_of(searched), hash) << "a search is not a test";
}

TEST(Configuration, OfDataTakesNoModelIn) {
  const Experiment one = experiment(R"("path": "x.csv")");
  EXPECT_EQ(data_configuration_of(one),
            data_configuration_of(experiment(R"("path": "x.csv")", R"(, "train": {"epochs": 3})")));
  EXPECT_NE(data_configuration_of(one),
            data_configuration_of(experiment(R"("path": "x.csv", "split_seed": 1)")));
  EXPECT_NE(data_configuration_of(one), configuration_of(one));
}

class LedgerFiles : public ::testing::Test {
 protected:
  static LedgerLine line(const std::string& configuration) {
    return {.experiment = "",
            .variant = "SN, \"K\" = 1",
            .phase = "test",
            .seed = 18446744073709551615u,
            .settings = "train.l2.lambda=1",
            .validation = "rmse=0.5",
            .scores = "rmse=0.75 mae=0.25 rows=9",
            .details = "output_dense=-1.5 nothing=null",
            .epochs = 7,
            .best_epoch = 5,
            .seconds = 1.25,
            .looks = 2,
            .configuration = configuration,
            .data = "abc",
            .commit = "def",
            .failure = ""};
  }
  std::filesystem::path folder() const { return folder_ / "results"; }

  testing::TemporaryFolder folder_;
};

TEST_F(LedgerFiles, LinesComeBack) {
  Ledger ledger(folder());
  ledger.begin("table", "name");
  ledger.add(line("1"));
  ledger.add(line("2"));
  ledger.add(line("2"));
  const Ledger again(folder());
  EXPECT_EQ(again.find("3"), nullptr);
  ASSERT_NE(again.find("2"), nullptr);
  const LedgerLine& read = *again.find("2");
  EXPECT_EQ(read.experiment, "name");
  EXPECT_EQ(read.variant, line("").variant);
  EXPECT_EQ(read.seed, line("").seed);
  EXPECT_EQ(read.seconds, 1.25);
  const Outcome outcome = read.outcome(regression_scores);
  EXPECT_EQ(outcome.training.best.metric, &metric::rmse);
  EXPECT_EQ(outcome.training.best.value, 0.5);
  EXPECT_EQ(outcome.training.best_epoch, 5);
  EXPECT_EQ(outcome.test->at(0).value, 0.75);
  EXPECT_EQ(outcome.test->at(1).count, 9);
  EXPECT_THAT(outcome.details.at(0), Pair("output_dense", -1.5));
  EXPECT_TRUE(std::isnan(outcome.details.at(1).second));
  const std::string text = read_file(folder() / "table.csv");
  EXPECT_EQ(std::ranges::count(text, '\n'), 3) << "a configuration has one line";
}

TEST_F(LedgerFiles, EachTableHasItsFileAndAllAreKnown) {
  Ledger ledger(folder());
  ledger.begin("one", "a");
  ledger.add(line("1"));
  ledger.begin("two", "b");
  ledger.add(line("2"));
  EXPECT_TRUE(std::filesystem::exists(folder() / "two.csv"));
  const Ledger again(folder());
  EXPECT_NE(again.find("1"), nullptr);
  EXPECT_NE(again.find("2"), nullptr);
}

TEST_F(LedgerFiles, TwoAtATimeKeepALineOnce) {
  Ledger one(folder());
  Ledger other(folder());
  for (Ledger* ledger : {&one, &other}) {
    ledger->begin("table", "name");
    ledger->add(line("1"));
  }
  EXPECT_EQ(std::ranges::count(read_file(folder() / "table.csv"), '\n'), 2);
}

TEST_F(LedgerFiles, ARunThatFailedHasNoScores) {
  LedgerLine failed = line("1");
  failed.scores = "";
  failed.failure = "not finite,\nat epoch 3";
  Ledger ledger(folder());
  ledger.begin("table", "name");
  ledger.add(failed);
  const Outcome outcome = Ledger(folder()).find("1")->outcome(regression_scores);
  EXPECT_FALSE(outcome.test);
  EXPECT_EQ(outcome.failure, "not finite, at epoch 3");
}

TEST_F(LedgerFiles, DamageIsNamedByItsPlace) {
  Ledger ledger(folder());
  ledger.begin("table", "name");
  ledger.add(line("1"));
  const std::string text = read_file(folder() / "table.csv");
  std::string damaged = text;
  damaged.replace(damaged.find(",7,"), 3, ",x,");
  write_file(folder() / "table.csv", damaged);
  EXPECT_THAT(message_of<IoError>([&] { Ledger damage(folder()); }),
              AllOf(HasSubstr("table.csv:2"), HasSubstr("'epochs'")));
  damaged = text;
  damaged.replace(damaged.find("mae="), 4, "mae:");
  write_file(folder() / "table.csv", damaged);
  const Ledger read(folder());
  EXPECT_THAT(message_of<ConfigError>([&] { read.find("1")->outcome(regression_scores); }),
              AllOf(HasSubstr("name"), HasSubstr("mae:0.25")));
}

}  // namespace
}  // namespace lacuna::experiments
