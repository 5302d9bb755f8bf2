#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "kernels/dense/random_fill.hpp"
#include "runtime/layers/linear.hpp"
#include "tests/support/context.hpp"

/// Theorems 2 and 4 of *Sparsity Normalization*, checked on an affine network: over draws of
/// weights, inputs and masks the mean output is f_2(f_1(mu_x mu_m)) without SN and f_2(f_1(mu_x
/// K_1)) with it, where f_i(x) = n_{i-1} mu_w x + mu_b and K_1 = K / n_0.
namespace lacuna {
namespace {

constexpr std::int64_t inputs = 120;
constexpr std::int64_t hidden = 30;
constexpr std::int64_t outputs = 10;
constexpr std::int64_t rows = 400;
constexpr int networks = 60;
constexpr double mean_x = 0.5, mean_w = 0.01, mean_b = 0.2;
constexpr double k = 60;

/// An affine network of fresh weights on fresh inputs, each kept with probability 1 - missing.
class Draw {
 public:
  Draw(DeviceContext& context, double missing, std::uint64_t seed, bool normalize)
      : context_(context),
        seed_(seed),
        program_(context, {rows, 0}),
        x_(program_.variable(inputs)),
        mask_(program_.buffer({rows, inputs})),
        first_(context, "first", inputs, hidden, Activation::identity),
        second_(context, "second", hidden, outputs, Activation::identity) {
    uniform(x_.value, mean_x);
    uniform(first_.weight().value, mean_w);
    uniform(first_.bias().value, mean_b);
    uniform(second_.weight().value, mean_w);
    uniform(second_.bias().value, mean_b);
    mask_inputs(missing);
    Variable y = x_;
    if (normalize) y = record_sparsity_normalize<double>(program_, batch_, y, mask_, {k});
    y = second_.record(program_, batch_, first_.record(program_, batch_, y));
    program_.forward();
    const auto values = y.value.span<double>();
    mean_ = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }

  double mean() const { return mean_; }

 private:
  void uniform(const Tensor& tensor, double mean) {
    fill_uniform<double>(context_.exec(), {seed_, 40, purpose_++}, 0.0, 2 * mean,
                         tensor.span<double>());
  }

  /// Rows keep at least one entry: the theorem divides by the count.
  void mask_inputs(double missing) {
    fill_uniform<double>(context_.exec(), {seed_, 41}, 0.0, 1.0, mask_.span<double>());
    for (std::int64_t r = 0; r < rows; ++r) {
      double* mask = mask_.matrix<double>().row(r);
      for (std::int64_t j = 0; j < inputs; ++j) mask[j] = mask[j] < missing ? 0.0 : 1.0;
      if (std::accumulate(mask, mask + inputs, 0.0) == 0) mask[0] = 1;
      double* x = x_.value.matrix<double>().row(r);
      for (std::int64_t j = 0; j < inputs; ++j) x[j] *= mask[j];
    }
  }

  DeviceContext& context_;
  std::uint64_t seed_;
  std::uint32_t purpose_ = 0;
  Batch<double> batch_{rows, nullptr, nullptr};
  Program<double> program_;
  Variable x_;
  Tensor mask_;
  Linear<double> first_;
  Linear<double> second_;
  double mean_ = 0;
};

struct Estimate {
  double mean = 0;
  double standard_error = 0;
};

/// The mean output over independent networks, with its standard error.
Estimate mean_output(double missing, bool normalize) {
  DeviceContext context = testing::cpu_context();
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < networks; ++i) {
    const auto seed = static_cast<std::uint64_t>(1000 * missing) * 100 + static_cast<unsigned>(i);
    const double mean = Draw(context, missing, seed, normalize).mean();
    sum += mean;
    squares += mean * mean;
  }
  const double mean = sum / networks;
  const double variance = (squares - networks * mean * mean) / (networks - 1);
  return {mean, std::sqrt(variance / networks)};
}

double two_layers(double x) {
  const double first = static_cast<double>(inputs) * mean_w * x + mean_b;
  return static_cast<double>(hidden) * mean_w * first + mean_b;
}

/// Four standard errors: one comparison in 16,000 fails by chance, and the seeds are fixed.
constexpr double sigmas = 4;

TEST(SparsityNormalization, WithoutItTheMeanOutputMovesWithTheMissingRate) {
  for (const double missing : {0.0, 0.3, 0.6, 0.9}) {
    const Estimate output = mean_output(missing, false);
    EXPECT_NEAR(output.mean, two_layers(mean_x * (1 - missing)), sigmas * output.standard_error)
        << "Theorem 2 at " << missing;
  }
  const Estimate full = mean_output(0.0, false);
  const Estimate sparse = mean_output(0.9, false);
  EXPECT_GT(full.mean - sparse.mean, 10 * std::hypot(full.standard_error, sparse.standard_error));
}

TEST(SparsityNormalization, WithItTheMeanOutputStays) {
  for (const double missing : {0.0, 0.3, 0.6, 0.9}) {
    const Estimate output = mean_output(missing, true);
    EXPECT_NEAR(output.mean, two_layers(mean_x * k / inputs), sigmas * output.standard_error)
        << "Theorem 4 at " << missing;
    EXPECT_LT(output.standard_error, 0.02 * output.mean);
  }
}

}  // namespace
}  // namespace lacuna
