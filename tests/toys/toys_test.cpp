#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/toys/linear_regression.hpp"
#include "tests/toys/oja.hpp"
#include "tests/toys/two_phases.hpp"
#include "tests/toys/two_players.hpp"

/// Learners of every kind through the real Trainer, in float64, against what is known of them.
namespace lacuna::testing {
namespace {

constexpr std::int64_t rows = 40;

std::vector<double> doubles(const Tensor& tensor) {
  return tensor.to_host<double>();
}

/// y = 2 x0 - x1 + 0.5 with noise.
class Fit : public ::testing::Test {
 protected:
  DeviceRows data() {
    std::vector<float> target;
    for (std::size_t r = 0; r < rows; ++r) {
      target.push_back(2 * x_[2 * r] - x_[2 * r + 1] + 0.5f + 0.1f * noise_[r]);
    }
    DeviceRows all{.rows = rows, .fields = {}};
    all.set("input", dense_field(context_, rows, x_, DType::f64));
    all.set("target", dense_field(context_, rows, target, DType::f64));
    target_ = target;
    return all;
  }

  /// The least squares fit of target - `offset` to the columns, by the normal equations.
  std::vector<double> least_squares(double offset) const {
    double a = 0, b = 0, c = 0, u = 0, v = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      const double x = x_[2 * r], y = x_[2 * r + 1], t = target_[r] - offset;
      a += x * x, b += x * y, c += y * y, u += x * t, v += y * t;
    }
    return {(c * u - b * v) / (a * c - b * b), (a * v - b * u) / (a * c - b * b)};
  }

  DeviceContext context_ = cpu_context();
  std::vector<float> x_ = normals(2 * rows, 1);
  std::vector<float> noise_ = normals(rows, 2);
  std::vector<float> target_;
  TrainConfig config_{.epochs = 2000,
                      .patience = 0,
                      .optimizer = SgdConfig{.learning_rate = 0.05, .momentum = 0.8},
                      .schedule = {},
                      .l2 = {}};
};

TEST_F(Fit, ALinearRegressionComesToItsClosedForm) {
  LinearRegression model(context_, 2, DType::f64);
  EpochReport last;
  Trainer(context_, model, config_, data(), {}, 0)
      .run({[&](const EpochReport& report) { last = report; }, nullptr});
  // With the bias the fit is of what is left by the means.
  const double bias = doubles(model.parameters()[1]->value)[0];
  const std::vector<double> expected = least_squares(bias);
  const std::vector<double> weight = doubles(model.parameters()[0]->value);
  EXPECT_NEAR(weight[0], expected[0], 1e-6);
  EXPECT_NEAR(weight[1], expected[1], 1e-6);
  double residual = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    residual += target_[r] - weight[0] * x_[2 * r] - weight[1] * x_[2 * r + 1] - bias;
  }
  EXPECT_NEAR(residual / rows, 0, 1e-6);
  ASSERT_EQ(last.training.size(), 1u);
  EXPECT_NEAR(last.training[0].value, std::sqrt(last.losses[0].value), 1e-12);
}

TEST_F(Fit, ASecondPhaseBeginsAnewWithWhatTheFirstHasLearned) {
  TwoPhases model(context_, 2, DType::f64);
  std::vector<EpochReport> reports;
  config_.epochs = 500;
  const TrainResult result =
      Trainer(context_, model, config_, data(), {}, 0)
          .run({[&](const EpochReport& report) { reports.push_back(report); }, nullptr});
  EXPECT_EQ(result.epochs, 1000) << "as many in each phase";
  EXPECT_EQ(reports[499].phase, "weight");
  EXPECT_EQ(reports[500].phase, "bias");
  const std::vector<double> expected = least_squares(0);
  const std::vector<double> weight = doubles(model.parameters()[0]->value);
  EXPECT_NEAR(weight[0], expected[0], 1e-6);
  double mean = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    mean += (target_[r] - weight[0] * x_[2 * r] - weight[1] * x_[2 * r + 1]) / rows;
  }
  EXPECT_NEAR(doubles(model.parameters()[1]->value)[0], mean, 1e-6);
}

TEST(TwoPlayersTest, MoveAsTheirEquationsSay) {
  DeviceContext context = cpu_context();
  TwoPlayers model(context, DType::f64);
  const std::vector<float> x = normals(rows, 3), z = normals(rows, 4);
  DeviceRows data{.rows = rows, .fields = {}};
  data.set("input", dense_field(context, rows, x, DType::f64));
  data.set("noise", dense_field(context, rows, z, DType::f64));
  const TrainConfig config{.epochs = 100,
                           .patience = 0,
                           .optimizer = SgdConfig{.learning_rate = 0.1, .momentum = 0.5},
                           .schedule = {},
                           .l2 = {}};
  Trainer(context, model, config, data, {}, 0).run({});

  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / rows;
  const double mean_z = std::accumulate(z.begin(), z.end(), 0.0) / rows;
  double a = 0, w = 0, velocity_a = 0, velocity_w = 0;
  for (int step = 0; step < 100; ++step) {
    velocity_w = 0.5 * velocity_w + (w - mean_x + mean_z + a);
    w -= 0.1 * velocity_w;
    velocity_a = 0.5 * velocity_a - w;
    a -= 0.1 * velocity_a;
  }
  EXPECT_NEAR(doubles(model.parameters()[0]->value)[0], a, 1e-12);
  EXPECT_NEAR(doubles(model.parameters()[1]->value)[0], w, 1e-12);
  EXPECT_GT(std::abs(a), 0.01) << "they moved";
}

TEST(OjaTest, TurnsToTheFirstPrincipalComponent) {
  DeviceContext context = cpu_context();
  constexpr std::int64_t n = 400;
  std::vector<float> x;
  double xx = 0, xy = 0, yy = 0;
  const std::vector<float> normal = normals(2 * n, 5);
  for (std::size_t r = 0; r < n; ++r) {
    x.push_back(2 * normal[2 * r] + 0.3f * normal[2 * r + 1]);
    x.push_back(normal[2 * r] - 0.4f * normal[2 * r + 1]);
    const double u = x[2 * r], v = x[2 * r + 1];
    xx += u * u, xy += u * v, yy += v * v;
  }
  Oja model(context, 2, DType::f64);
  DeviceRows data{.rows = n, .fields = {}};
  data.set("input", dense_field(context, n, x, DType::f64));
  const TrainConfig config{.epochs = 50,
                           .patience = 0,
                           .batch_size = 50,
                           .optimizer = SgdConfig{},
                           .schedule = {},
                           .l2 = {}};
  const TrainResult result = Trainer(context, model, config, data, {}, 0).run({});
  EXPECT_EQ(result.best_epoch, 50) << "without a score the last weights are kept";
  EXPECT_EQ(result.best.metric, nullptr);
  const double principal = 0.5 * std::atan2(2 * xy, xx - yy);
  const std::vector<double> w = doubles(model.parameters()[0]->value);
  EXPECT_NEAR(std::atan2(w[1], w[0]), principal, std::numbers::pi / 180);
  EXPECT_NEAR(std::hypot(w[0], w[1]), 1, 0.05);
}

}  // namespace
}  // namespace lacuna::testing
