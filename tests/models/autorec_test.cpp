#include "models/autorec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/context.hpp"
#include "tests/support/finite_difference.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna::models {
namespace {

using testing::cpu_context;
using ::testing::ElementsAre;
using testing::random_csr;

AutoRecConfig small_config(InputHandling input) {
  AutoRecConfig config;
  config.hidden_units = 5;
  config.input = input;
  config.weight_stddev = 0.5;
  config.bias_stddev = 0.2;
  return config;
}

/// The loss of the whole program as a function of its parameters, and its gradients.
class WholeProgram {
 public:
  WholeProgram(InputHandling input, double missing)
      : context_(Device::cpu, 2),
        ratings_(random_csr<double>(context_, 8, 9, missing, 3)),
        model_(context_, small_config(input), {9, 4.5}, 1),
        program_(context_, {8, ratings_.nnz()}),
        batch_(context_, ratings_) {
    model_.record_loss(program_, batch_.batch);
  }

  double loss() {
    program_.forward();
    return program_.loss();
  }

  void check_gradients() {
    loss();
    program_.backward();
    std::vector<std::vector<double>> gradients;
    for (const Parameter* parameter : model_.parameters()) {
      const auto gradient = parameter->gradient.span<double>();
      gradients.emplace_back(gradient.begin(), gradient.end());
    }
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      const Parameter& parameter = *model_.parameters()[i];
      testing::expect_gradient(parameter.name, parameter.value.span<double>(), gradients[i],
                               [&] { return loss(); });
    }
  }

 private:
  DeviceContext context_;
  CsrMatrix<double> ratings_;
  AutoRec<double> model_;
  Program<double> program_;
  testing::WholeBatch<double> batch_;
};

TEST(AutoRec, GradientsOfTheWholeProgramAgreeWithFiniteDifferences) {
  for (const double missing : {0.0, 0.5, 1.0}) {
    for (const InputHandling& input :
         {InputHandling{SparsityNormalized{}}, InputHandling{SparsityNormalized{.k = 1.0}},
          InputHandling{SparsityNormalized{.k = 9.0, .count_by = CountBy::non_zeros}},
          InputHandling{ZeroImputation{}}}) {
      SCOPED_TRACE(missing);
      WholeProgram(input, missing).check_gradients();
    }
  }
}

TEST(AutoRec, ComputesItsDefinition) {
  DeviceContext context = cpu_context();
  const CsrMatrix<double> ratings = random_csr<double>(context, 6, 7, 0.4, 5);
  AutoRec<double> model(context, small_config(SparsityNormalized{.k = 3.0}), {7, 4.0}, 2);
  Program<double> program(context, {6, ratings.nnz()});
  const testing::WholeBatch<double> whole(context, ratings);
  const Tensor prediction = model.record_prediction(program, whole.batch);
  program.forward();

  const auto w = model.parameters()[0]->value.matrix<double>();
  const auto b = model.parameters()[1]->value.span<double>();
  const auto v = model.parameters()[2]->value.matrix<double>();
  const auto c = model.parameters()[3]->value.span<double>();
  const CsrView<double> x = ratings.view();
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
      EXPECT_NEAR(prediction.data<double>()[e], expected, 1e-12);
    }
  }
}

TEST(AutoRec, FloatAndDoubleStartFromTheSameWeights) {
  DeviceContext context = cpu_context();
  AutoRec<float> single(context, small_config(ZeroImputation{}), {9, 4.5}, 7);
  AutoRec<double> twice(context, small_config(ZeroImputation{}), {9, 4.5}, 7);
  for (std::size_t i = 0; i < single.parameters().size(); ++i) {
    const auto a = single.parameters()[i]->value.span<float>();
    const auto b = twice.parameters()[i]->value.span<double>();
    for (std::size_t k = 0; k < a.size(); ++k) EXPECT_FLOAT_EQ(a[k], static_cast<float>(b[k]));
  }
}

TEST(AutoRec, NamesItsParameters) {
  DeviceContext context = cpu_context();
  AutoRec<float> model(context, small_config(ZeroImputation{}), {9, 4.5}, 0);
  std::vector<std::string> names;
  for (const Parameter* parameter : model.parameters()) names.push_back(parameter->name);
  EXPECT_THAT(names,
              ElementsAre("encoder.weight", "encoder.bias", "decoder.weight", "decoder.bias"));
}

TEST(InputHandling, ResolvesK) {
  using K = NormalizationConstant;
  const InputStatistics input{40, 12.5};
  EXPECT_EQ(resolve(SparsityNormalized{.k = K::inputs}, input, 7).k, 40);
  EXPECT_EQ(resolve(SparsityNormalized{.k = K::hidden_units}, input, 7).k, 7);
  EXPECT_EQ(resolve(SparsityNormalized{.k = K::mean_count}, input, 7).k, 12.5);
  EXPECT_EQ(resolve(SparsityNormalized{.k = 1.0}, input, 7).k, 1.0);
  EXPECT_FALSE(resolve(ZeroImputation{}, input, 7).enabled());
}

}  // namespace
}  // namespace lacuna::models
