#include "models/autorec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/error.hpp"
#include "tests/support/context.hpp"
#include "tests/support/finite_difference.hpp"
#include "tests/support/sparse.hpp"
#include "tests/support/still_steps.hpp"

namespace lacuna::models {
namespace {

using testing::cpu_context;
using ::testing::ElementsAre;
using testing::random_csr;

AutoRecConfig small_config(InputHandling input) {
  AutoRecConfig config;
  config.hidden_units = 5;
  config.input = std::move(input);
  config.weight_stddev = 0.5;
  config.bias_stddev = 0.2;
  return config;
}

Facts facts(std::int64_t columns, double mean_count, DType dtype = DType::f64) {
  return {.columns = columns, .mean_count = mean_count, .dtype = dtype};
}

/// The loss of the whole program as a function of its parameters, and its gradients.
void check_gradients(const InputHandling& input, double missing) {
  DeviceContext context = cpu_context();
  const CsrMatrix ratings = random_csr(context, 8, 9, missing, 3, DType::f64);
  const auto model = make_model(context, small_config(input), facts(9, 4.5), 1);
  const testing::WholeBatch batch(context, testing::rows_of(ratings), DType::f64);
  testing::StillSteps steps(context, *model, batch.batch());
  steps.run();
  const auto gradients = steps.gradients<double>();
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    const Parameter& parameter = *model->parameters()[i];
    testing::expect_gradient(parameter.name, parameter.value.span<double>(), gradients[i],
                             [&] { return steps.run(); });
  }
}

TEST(AutoRec, GradientsOfTheWholeProgramAgreeWithFiniteDifferences) {
  for (const double missing : {0.0, 0.5, 1.0}) {
    for (const InputHandling& input :
         {InputHandling{SparsityNormalized{}}, InputHandling{SparsityNormalized{.k = 1.0}},
          InputHandling{SparsityNormalized{.k = 9.0, .count_by = CountBy::non_zeros}},
          InputHandling{ConstantScale{}}, InputHandling{ZeroImputation{}}}) {
      SCOPED_TRACE(missing);
      check_gradients(input, missing);
    }
  }
}

TEST(AutoRec, ComputesItsDefinition) {
  DeviceContext context = cpu_context();
  const CsrMatrix ratings = random_csr(context, 6, 7, 0.4, 5, DType::f64);
  const auto model =
      make_model(context, small_config(SparsityNormalized{.k = 3.0}), facts(7, 4), 2);
  const testing::WholeBatch whole(context, testing::rows_of(ratings), DType::f64);
  Program program(context, DType::f64, whole.batch(), Gradients::no);
  const Variable prediction = model->record(program, Output::prediction);
  program.forward();

  const auto w = model->parameters()[0]->value.matrix<double>();
  const auto b = model->parameters()[1]->value.span<double>();
  const auto v = model->parameters()[2]->value.matrix<double>();
  const auto c = model->parameters()[3]->value.span<double>();
  const CsrView<double> x = ratings.view<double>();
  for (std::int64_t r = 0; r < x.rows; ++r) {
    const double count = static_cast<double>(x.row_ptr[r + 1] - x.row_ptr[r]);
    std::vector<double> hidden(5);
    for (std::size_t j = 0; j < hidden.size(); ++j) {
      double sum = 0;
      for (std::int64_t e = x.row_ptr[r]; e < x.row_ptr[r + 1]; ++e) {
        sum += x.value[e] * w.row(x.col[e])[j];
      }
      hidden[j] = 1 / (1 + std::exp(-(3.0 / count * sum + b[j])));
    }
    for (std::int64_t e = x.row_ptr[r]; e < x.row_ptr[r + 1]; ++e) {
      double expected = c[static_cast<std::size_t>(x.col[e])];
      for (std::size_t j = 0; j < hidden.size(); ++j) expected += hidden[j] * v.row(x.col[e])[j];
      EXPECT_NEAR(prediction.tensor().data<double>()[e], expected, 1e-12);
    }
  }
}

TEST(AutoRec, GivesPredictionsAndCodesOnly) {
  DeviceContext context = cpu_context();
  const CsrMatrix ratings = random_csr(context, 6, 7, 0.4, 5);
  const auto model =
      make_model(context, small_config(ZeroImputation{}), facts(7, 4, DType::f32), 2);
  Predictor codes(context, *model, testing::rows_of(ratings), Output::code);
  EXPECT_EQ(codes.columns(), 5);
  EXPECT_EQ(codes.predict().size(), 30u);
  EXPECT_THROW(Predictor(context, *model, testing::rows_of(ratings), Output::samples), ConfigError);
}

TEST(AutoRec, FloatAndDoubleStartFromTheSameWeights) {
  DeviceContext context = cpu_context();
  const auto make = [&](DType dtype) {
    return make_model(context, small_config(ZeroImputation{}), facts(9, 4.5, dtype), 7);
  };
  const auto single = make(DType::f32);
  const auto twice = make(DType::f64);
  for (std::size_t i = 0; i < single->parameters().size(); ++i) {
    const auto a = single->parameters()[i]->value.span<float>();
    const auto b = twice->parameters()[i]->value.span<double>();
    for (std::size_t k = 0; k < a.size(); ++k) EXPECT_FLOAT_EQ(a[k], static_cast<float>(b[k]));
  }
}

TEST(AutoRec, NamesItsParameters) {
  DeviceContext context = cpu_context();
  const auto model = make_model(context, small_config(ZeroImputation{}), facts(9, 4.5), 0);
  std::vector<std::string> names;
  for (const Parameter* parameter : model->parameters()) names.push_back(parameter->name);
  EXPECT_THAT(names,
              ElementsAre("encoder.weight", "encoder.bias", "decoder.weight", "decoder.bias"));
}

TEST(InputHandling, ResolvesK) {
  using K = NormalizationConstant;
  const Facts input = facts(40, 12.5);
  EXPECT_EQ(sparse_scale(SparsityNormalized{.k = K::inputs}, input, 7).k, 40);
  EXPECT_EQ(sparse_scale(SparsityNormalized{.k = K::hidden_units}, input, 7).k, 7);
  EXPECT_EQ(sparse_scale(SparsityNormalized{.k = K::mean_count}, input, 7).k, 12.5);
  EXPECT_EQ(sparse_scale(SparsityNormalized{.k = 1.0}, input, 7).k, 1.0);
  EXPECT_FALSE(sparse_scale(ZeroImputation{}, input, 7).enabled());
  const SparsityNormalization scale = sparse_scale(ConstantScale{.k = K::inputs}, input, 7);
  EXPECT_EQ(scale.k, 40 / 12.5);
  EXPECT_EQ(scale.count_by, CountBy::constant);
}

TEST(InputHandling, WhatWouldFillSparseRowsIsRefused) {
  for (const InputHandling& filling :
       {InputHandling{MeanImputation{}}, InputHandling{Indicators{}}}) {
    EXPECT_THROW(sparse_scale(filling, facts(40, 12.5), 7), ConfigError);
  }
}

}  // namespace
}  // namespace lacuna::models
