#include "models/autoimpute.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/train/predictor.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/still_steps.hpp"

namespace lacuna::models {
namespace {

using testing::cpu_context;
using testing::random_csr;

AutoImputeConfig config_of(RowProducts products, InputHandling input = SparsityNormalized{}) {
  AutoImputeConfig config;
  config.hidden_units = 5;
  config.input = std::move(input);
  config.products = products;
  return config;
}

std::vector<double> values_of(const std::vector<std::vector<double>>& all) {
  std::vector<double> values;
  for (const auto& each : all) values.insert(values.end(), each.begin(), each.end());
  return values;
}

TEST(AutoImpute, BothProductsHaveOneLossAndGradient) {
  DeviceContext context = cpu_context();
  for (const double missing : {0.0, 0.5, 1.0}) {
    for (const InputHandling& input :
         {InputHandling{SparsityNormalized{}}, InputHandling{ZeroImputation{}},
          InputHandling{SparsityNormalized{.k = 9.0, .count_by = CountBy::non_zeros}}}) {
      const CsrMatrix cells = random_csr(context, 8, 9, missing, 3, DType::f64);
      const Facts facts{.columns = 9, .mean_count = 4.5, .dtype = DType::f64};
      std::vector<double> losses;
      std::vector<std::vector<double>> gradients;
      for (const RowProducts products : {RowProducts::sparse, RowProducts::dense}) {
        const auto model = make_model(context, config_of(products, input), facts, 1);
        const testing::WholeBatch batch(context, testing::rows_of(cells), DType::f64);
        testing::StillSteps steps(context, *model, batch.batch());
        losses.push_back(steps.run());
        gradients.push_back(values_of(steps.gradients<double>()));
      }
      EXPECT_NEAR(losses[0], losses[1], 1e-12 * (1 + losses[0]));
      for (std::size_t i = 0; i < gradients[0].size(); ++i) {
        EXPECT_NEAR(gradients[0][i], gradients[1][i], 1e-12 * (1 + std::abs(gradients[0][i])));
      }
    }
  }
}

TEST(AutoImpute, DensityChoosesTheProducts) {
  DeviceContext context = cpu_context();
  const CsrMatrix cells = random_csr(context, 20, 1000, 0.5, 3);
  const DeviceRows rows = testing::rows_of(cells);
  const auto predictions = [&](RowProducts products, double mean_count) {
    const Facts facts{.columns = 1000, .mean_count = mean_count};
    const AutoImputeConfig config = config_of(products, ZeroImputation{});
    const auto model = make_model(context, config, facts, 1);
    Predictor predictor(context, *model, rows, Output::code);
    const std::span<float> code = predictor.predict();
    return std::vector<float>(code.begin(), code.end());
  };
  const auto sparse = predictions(RowProducts::sparse, 500);
  const auto dense = predictions(RowProducts::dense, 500);
  ASSERT_NE(sparse, dense) << "they are told apart by their rounding";
  EXPECT_EQ(predictions(RowProducts::by_density, 500), dense);
  EXPECT_EQ(predictions(RowProducts::by_density, 99), sparse);
}

TEST(AutoImpute, InitialWeightsAreNormalWithTheGivenDeviation) {
  DeviceContext context = cpu_context();
  AutoImputeConfig config = config_of(RowProducts::dense);
  config.hidden_units = 400;
  config.weight_stddev = 1;
  config.bias_stddev = 0.5;
  const auto model = make_model(context, config, {.columns = 300, .mean_count = 100}, 1);
  for (const Parameter* parameter : model->parameters()) {
    double squares = 0;
    for (const float x : parameter->value.span<float>()) squares += static_cast<double>(x * x);
    const double deviation = std::sqrt(squares / static_cast<double>(parameter->value.size()));
    const bool weight = parameter->kind == ParameterKind::weight;
    EXPECT_NEAR(deviation, weight ? 1 : 0.5, weight ? 0.01 : 0.05) << parameter->name;
  }
}

}  // namespace
}  // namespace lacuna::models
