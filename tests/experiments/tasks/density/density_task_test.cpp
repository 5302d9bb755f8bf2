#include "experiments/tasks/density/density_task.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "experiments/tasks/task_kind.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/error.hpp"
#include "tests/runtime/data/data_fixture.hpp"
#include "tests/support/bernoulli_model.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments {
namespace {

using lacuna::testing::BernoulliModel;
using lacuna::testing::message_of;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr double tolerance = 1e-6;

class DensityTaskTest : public data::DataTest {
 protected:
  DensityTaskTest() {
    write("train.amat", "1 0 0\n1 0 1\n");
    write("valid.amat", "1 1 0\n");
    write("test.amat", "1 1 1\n0 0 0\n1 0 0\n");
    source_.path = path("");
    source_.train = "train.amat";
    source_.validation = "valid.amat";
    source_.test = "test.amat";
  }
  TestResult test(Model& model) { return task().test(context_, model, config_); }
  const DensityTask& task() {
    if (!task_) task_.emplace(context_, source_);
    return *task_;
  }
  std::string fault(const DataConfig& data) {
    return message_of<DataError>([&] { DensityTask(context_, data); });
  }

  DeviceContext context_ = lacuna::testing::cpu_context();
  data::AmatSource source_;
  const EvaluateConfig config_ = DensityConfig{};
  std::optional<DensityTask> task_;
};

/// Of a row with so many ones among three.
double nll(int ones, double one) {
  return -ones * std::log(one) - (3 - ones) * std::log(1 - one);
}

TEST_F(DensityTaskTest, TestRowsAreScoredInNatsAndBits) {
  BernoulliModel model(0.25);
  const TestResult result = test(model);
  const double rows[] = {nll(3, 0.25), nll(0, 0.25), nll(1, 0.25)};
  const double mean = (rows[0] + rows[1] + rows[2]) / 3;
  const config::Json json = to_json(result.scores);
  EXPECT_NEAR(json.at("nll").as_double(), mean, tolerance);
  EXPECT_NEAR(json.at("bits_per_dim").as_double(), mean / (3 * std::log(2.0)), tolerance);
  EXPECT_EQ(json.at("rows").as_int64(), 3);
  double squares = 0;
  for (const double each : rows) squares += (each - mean) * (each - mean);
  ASSERT_THAT(result.details, SizeIs(1));
  EXPECT_EQ(result.details[0].first, "nll_std_error");
  EXPECT_NEAR(result.details[0].second, std::sqrt(squares / 2 / 3), tolerance);
  EXPECT_THAT(result.remarks, IsEmpty());
}

TEST_F(DensityTaskTest, EachTestRowsLikelihoodIsKept) {
  BernoulliModel model(0.25);
  const TestResult result = test(model);
  ASSERT_THAT(result.files, SizeIs(1));
  const data::NpyArray kept = data::parse_npy({"kept", result.files[0].text, ""});
  EXPECT_EQ(result.files[0].name, likelihoods_file);
  EXPECT_THAT(kept.shape, ElementsAre(3));
  EXPECT_NEAR(std::get<std::vector<float>>(kept.values)[1], -nll(0, 0.25), tolerance);
}

TEST_F(DensityTaskTest, WhatIsNoLikelihoodIsADetailAndRemarkedOn) {
  BernoulliModel model(
      0.25, {Output::log_likelihood, Output::conditional_log_likelihood, Output::averaged_logits});
  const TestResult result = test(model);
  const double scored = value_of(result.scores, density_scores[0]);
  const auto detail = [&](const char* name) {
    const auto found = std::ranges::find(result.details, name, &Details::value_type::first);
    return found == result.details.end() ? std::nan("") : found->second;
  };
  EXPECT_NEAR(detail("conditional_nll"), scored - 1, tolerance);
  EXPECT_NEAR(detail("count_cost"), 1, tolerance);
  EXPECT_NEAR(detail("averaged_logits_nll"), scored - 1, tolerance);
  ASSERT_THAT(result.remarks, SizeIs(2));
  for (const std::string& remark : result.remarks) {
    EXPECT_THAT(remark, HasSubstr("is not a likelihood and is compared with none"));
  }
}

TEST_F(DensityTaskTest, SamplesAreKeptInTheShapeOfARow) {
  BernoulliModel model(0.25, {Output::log_likelihood, Output::samples});
  const TestResult result = test(model);
  ASSERT_THAT(result.files, SizeIs(2));
  EXPECT_EQ(result.files[1].name, "samples.npy");
  const data::NpyArray kept = data::parse_npy({"kept", result.files[1].text, ""});
  EXPECT_THAT(kept.shape, ElementsAre(2, 3)) << "one beside each training row";
}

TEST_F(DensityTaskTest, TheEpochIsChosenByTheNllOfValidationRows) {
  BernoulliModel model(0.25);
  const Validation said = task().validate(context_, model, config_)(EpochEnd{});
  ASSERT_THAT(said.scores, SizeIs(2));
  EXPECT_EQ(said.scores[0].metric, &metric::nll);
  EXPECT_NEAR(said.scores[0].value, nll(2, 0.25), tolerance);
  EXPECT_NEAR(said.watched, nll(2, 0.25), tolerance);
  EXPECT_EQ(said.scores[1].metric, &metric::bits_per_dim);
  EXPECT_EQ(&task().kind().chosen_by(config_, model), &metric::nll);
}

TEST_F(DensityTaskTest, AnImpossibleRowIsNoScore) {
  BernoulliModel model(0);
  const Validation said = task().validate(context_, model, config_)(EpochEnd{});
  EXPECT_TRUE(std::isnan(said.scores[0].value));
  EXPECT_TRUE(std::isnan(said.watched));
  EXPECT_THROW(test(model), NonFiniteError);
}

TEST_F(DensityTaskTest, BaselinesAreIndependentColumnsAndUniform) {
  // One row of zeros and one of ones are added: columns are 1 in 3, 1 and 2 of 4 rows.
  const double three = std::log(0.75), one = std::log(0.25), half = std::log(0.5);
  const double of_test = -(three + one + half + one + three + half + three + three + half) / 3;
  const auto baselines = task().baselines(config_);
  ASSERT_THAT(baselines, SizeIs(2));
  EXPECT_EQ(baselines[0].name, "independent columns");
  EXPECT_NEAR(value_of(baselines[0].scores, density_scores[0]), of_test, tolerance);
  EXPECT_EQ(baselines[1].name, "uniform");
  EXPECT_NEAR(value_of(baselines[1].scores, density_scores[1]), 1, tolerance);
  const ValidationBaseline validation = task().validation_baseline(config_, metric::nll);
  EXPECT_EQ(validation.name, "independent columns");
  EXPECT_NEAR(validation.score.value, -(three + one + half), tolerance);
}

TEST_F(DensityTaskTest, ModelsWithoutALikelihoodAreRefused) {
  BernoulliModel pseudo(0.5, {Output::pseudo_likelihood});
  EXPECT_THAT(message_of<ConfigError>([&] { task().validate(context_, pseudo, config_); }),
              AllOf(HasSubstr("pseudo-likelihood, which is not one"), HasSubstr("representation")));
  BernoulliModel none(0.5, {});
  EXPECT_THAT(message_of<ConfigError>([&] { task().validate(context_, none, config_); }),
              AllOf(HasSubstr("no log-likelihood"), Not(HasSubstr("pseudo"))));
}

TEST_F(DensityTaskTest, RowsOfOtherNumbersAndMissingCellsAreRefused) {
  data::NpySource numbers;
  numbers.path = path("x.npy");
  const std::array<std::int64_t, 2> shape{5, 2};
  std::vector<float> values(10, 1);
  values[4] = 0.5F;
  write("x.npy", data::npy_bytes(shape, values));
  EXPECT_THAT(fault(numbers), AllOf(HasSubstr("x.npy: "), HasSubstr("column 1: 0.5"),
                                    HasSubstr("rows of 0 and 1")));
  values[4] = NAN;
  write("x.npy", data::npy_bytes(shape, values));
  EXPECT_THAT(fault(numbers), HasSubstr("missing cells"));
  values[4] = 0;
  write("x.npy", data::npy_bytes(shape, values));
  EXPECT_NO_THROW(DensityTask(context_, numbers));
}

}  // namespace
}  // namespace lacuna::experiments
