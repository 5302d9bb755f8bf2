#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/dense/random_fill.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/sparse/csr_matrix.hpp"
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

/// The first layer on dense rows with SN before it, or on sparse rows with SN inside it.
enum class Path { dense, sparse };

/// An affine network of fresh weights on fresh inputs, each kept with probability 1 - missing.
class Draw {
 public:
  Draw(DeviceContext& context, std::uint64_t seed)
      : context_(context),
        seed_(seed),
        x_(Tensor::zeros(context.pool(), DType::f64, {rows, inputs})),
        mask_(Tensor::zeros(context.pool(), DType::f64, {rows, inputs})),
        first_(context, DType::f64, "first", inputs, hidden),
        second_(context, DType::f64, "second", hidden, outputs) {}

  double mean_output(double missing, bool normalize, Path path) {
    uniform(x_, mean_x);
    mask_inputs(missing);
    for (Linear* layer : {&first_, &second_}) {
      uniform(layer->weight().value, mean_w);
      uniform(layer->bias().value, mean_b);
    }
    const SparsityNormalization normalization{normalize ? k : 0.0};
    return path == Path::dense ? dense(normalization) : sparse(normalization);
  }

 private:
  double dense(const SparsityNormalization& normalization) const {
    Program program(context_, DType::f64, batch_, Gradients::no);
    Variable x = program.input(x_);
    if (normalization.enabled()) x = ops::sparsity_normalize(program, x, mask_, normalization);
    return mean_of(program, first_.record(program, x, Activation::identity));
  }

  double sparse(const SparsityNormalization& normalization) const {
    Program program(context_, DType::f64, batch_, Gradients::no);
    const CsrMatrix x = observed_entries();
    const SparseField field{.rows = SparseRows<double>{.by_row = x.view<double>(), .by_column = {}},
                            .columns = inputs,
                            .most_entries = x.nnz()};
    return mean_of(program, first_.record(program, field, normalization, Activation::identity));
  }

  double mean_of(Program& program, const Variable& code) const {
    const Variable y = second_.record(program, code, Activation::identity);
    program.forward();
    const auto values = y.tensor().span<double>();
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }

  void uniform(const Tensor& tensor, double mean) {
    fill_uniform<double>(context_.exec(), {.stream = {seed_, 40, purpose_++},
                                           .low = 0.0,
                                           .high = 2 * mean,
                                           .x = tensor.span<double>()});
  }

  /// Rows keep at least one entry: the theorem divides by the count.
  void mask_inputs(double missing) {
    fill_uniform<double>(context_.exec(), {.stream = {seed_, 41}, .x = mask_.span<double>()});
    for (std::int64_t r = 0; r < rows; ++r) {
      double* mask = mask_.matrix<double>().row(r);
      for (std::int64_t j = 0; j < inputs; ++j) mask[j] = mask[j] < missing ? 0.0 : 1.0;
      if (std::accumulate(mask, mask + inputs, 0.0) == 0) mask[0] = 1;
      double* x = x_.matrix<double>().row(r);
      for (std::int64_t j = 0; j < inputs; ++j) x[j] *= mask[j];
    }
  }

  CsrMatrix observed_entries() const {
    std::vector<std::int64_t> row_ptr{0};
    std::vector<std::int32_t> col;
    std::vector<float> value;
    for (std::int64_t r = 0; r < rows; ++r) {
      for (std::int32_t j = 0; j < inputs; ++j) {
        if (mask_.matrix<double>().row(r)[j] == 0) continue;
        col.push_back(j);
        value.push_back(static_cast<float>(x_.matrix<double>().row(r)[j]));
      }
      row_ptr.push_back(static_cast<std::int64_t>(col.size()));
    }
    return {context_.pool(), rows, inputs, row_ptr, col, value, DType::f64};
  }

  DeviceContext& context_;
  std::uint64_t seed_;
  std::uint32_t purpose_ = 0;
  Batch batch_{rows};
  Tensor x_;
  Tensor mask_;
  Linear first_;
  Linear second_;
};

struct Estimate {
  double mean = 0;
  double standard_error = 0;
};

/// The mean output over independent networks, with its standard error.
Estimate mean_output(double missing, bool normalize, Path path) {
  DeviceContext context = testing::cpu_context();
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < networks; ++i) {
    const auto seed = static_cast<std::uint64_t>(1000 * missing) * 100 + static_cast<unsigned>(i);
    const double mean = Draw(context, seed).mean_output(missing, normalize, path);
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

class SparsityNormalizationTheorems : public ::testing::TestWithParam<Path> {};

TEST_P(SparsityNormalizationTheorems, WithoutItTheMeanOutputMovesWithTheMissingRate) {
  for (const double missing : {0.0, 0.3, 0.6, 0.9}) {
    const Estimate output = mean_output(missing, false, GetParam());
    EXPECT_NEAR(output.mean, two_layers(mean_x * (1 - missing)), sigmas * output.standard_error)
        << "Theorem 2 at " << missing;
  }
  const Estimate full = mean_output(0.0, false, GetParam());
  const Estimate sparse = mean_output(0.9, false, GetParam());
  EXPECT_GT(full.mean - sparse.mean, 10 * std::hypot(full.standard_error, sparse.standard_error));
}

TEST_P(SparsityNormalizationTheorems, WithItTheMeanOutputStays) {
  for (const double missing : {0.0, 0.3, 0.6, 0.9}) {
    const Estimate output = mean_output(missing, true, GetParam());
    EXPECT_NEAR(output.mean, two_layers(mean_x * k / inputs), sigmas * output.standard_error)
        << "Theorem 4 at " << missing;
    EXPECT_LT(output.standard_error, 0.02 * output.mean);
  }
}

INSTANTIATE_TEST_SUITE_P(Paths, SparsityNormalizationTheorems,
                         ::testing::Values(Path::dense, Path::sparse), [](const auto& path) {
                           return path.param == Path::dense ? "Dense" : "Sparse";
                         });

}  // namespace
}  // namespace lacuna
