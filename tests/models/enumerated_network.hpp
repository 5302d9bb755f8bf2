#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/layers/layers.hpp"
#include "runtime/sparse/csr_matrix.hpp"
#include "tests/support/context.hpp"

/// Expected outputs by enumeration: a network of 3 inputs, 2 hidden units and an output whose
/// inputs, weights and biases have two values each, equally probable and independent (Assumption 1
/// of *Why Not to Use Zero Imputation?*). Linear layers and Sparsity Normalization are the
/// library's, in float64; what follows them is any function of a number.
namespace lacuna::testing {

struct TwoValues {
  double low = 0;
  double high = 0;

  double at(std::size_t bit) const { return bit == 0 ? low : high; }
  double mean() const { return (low + high) / 2; }
  std::size_t values() const { return low == high ? 1 : 2; }
};

struct EnumeratedLayer {
  TwoValues weight;
  TwoValues bias;
};

struct EnumeratedNetwork {
  static constexpr std::int64_t inputs = 3, hidden = 2;
  TwoValues x;
  EnumeratedLayer first, second;
  double (*activation)(double);

  /// f_i of the theorems.
  double f1(double mean) const { return f(first, inputs, mean); }
  double f2(double mean) const { return f(second, hidden, mean); }

 private:
  double f(const EnumeratedLayer& layer, std::int64_t width, double mean) const {
    return activation(static_cast<double>(width) * layer.weight.mean() * mean + layer.bias.mean());
  }
};

/// The first layer on dense rows with SN before it, or on sparse rows with SN inside it.
enum class Path { dense, sparse };

/// E[h^1] and E[h^2] given how many inputs are observed, 0 to 3.
struct ByCount {
  std::array<double, EnumeratedNetwork::inputs + 1> hidden{};
  std::array<double, EnumeratedNetwork::inputs + 1> output{};
};

/// Their mean where each input is observed with probability `mu_m`, independently.
inline double under_bernoulli(const std::array<double, 4>& by_count, double mu_m) {
  constexpr std::array<double, 4> masks{1, 3, 3, 1};
  double mean = 0;
  for (std::size_t c = 0; c < masks.size(); ++c) {
    const auto observed = static_cast<double>(c);
    mean += masks[c] * std::pow(mu_m, observed) * std::pow(1 - mu_m, 3 - observed) * by_count[c];
  }
  return mean;
}

/// All inputs under all masks as rows, and the two layers on them.
class Enumeration {
 public:
  Enumeration(const EnumeratedNetwork& network, const SparsityNormalization& normalization,
              Path path)
      : network_(network), context_(cpu_context(1)) {
    draw_rows();
    Variable x = inputs_.input(x_);
    if (path == Path::dense) {
      if (normalization.enabled()) x = ops::sparsity_normalize(inputs_, x, mask_, normalization);
      z1_ = first_.record(inputs_, x, Activation::identity);
    } else {
      observed_ = {.rows = SparseRows<double>{.by_row = entries_->view<double>(), .by_column = {}},
                   .columns = N::inputs,
                   .most_entries = entries_->nnz()};
      z1_ = first_.record(inputs_, observed_, normalization, Activation::identity);
    }
    z2_ = second_.record(hidden_, hidden_.input(h1_), Activation::identity);
  }

  ByCount expected() {
    ByCount sum;
    std::size_t networks = 0;
    const std::array parts{&first_.weight(), &first_.bias(), &second_.weight(), &second_.bias()};
    const std::array drawn{network_.first.weight, network_.first.bias, network_.second.weight,
                           network_.second.bias};
    for (std::size_t code = 0; code < 1U << 11U; ++code) {
      std::size_t bit = 0;
      bool again = false;  // the same network as another code's
      for (std::size_t p = 0; p < parts.size(); ++p) {
        for (double& number : parts[p]->value.span<double>()) {
          const std::size_t side = code >> bit++ & 1U;
          again = again || (side == 1 && drawn[p].values() == 1);
          number = drawn[p].at(side);
        }
      }
      if (again) continue;
      add(sum);
      ++networks;
    }
    for (std::size_t c = 0; c < sum.output.size(); ++c) {
      const auto all = static_cast<double>(rows_with_[c] * networks);
      sum.hidden[c] /= all * EnumeratedNetwork::hidden;
      sum.output[c] /= all;
    }
    return sum;
  }

 private:
  static constexpr std::int64_t rows = 64;
  using N = EnumeratedNetwork;

  Tensor zeros(std::int64_t columns) {
    return Tensor::zeros(context_.pool(), DType::f64, {rows, columns});
  }

  void draw_rows() {
    std::vector<std::int64_t> row_ptr{0};
    std::vector<std::int32_t> col;
    std::vector<float> value;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t j = 0; j < N::inputs; ++j) {
        if ((r >> (3 + j) & 1U) == 0) continue;
        const double cell = network_.x.at(r >> j & 1U);
        x_.span<double>()[r * N::inputs + j] = cell;
        mask_.span<double>()[r * N::inputs + j] = 1;
        col.push_back(static_cast<std::int32_t>(j));
        value.push_back(static_cast<float>(cell));
        ++count_[r];
      }
      row_ptr.push_back(static_cast<std::int64_t>(col.size()));
      ++rows_with_[count_[r]];
    }
    entries_.emplace(context_.pool(), rows, N::inputs, row_ptr, col, value, DType::f64);
  }

  void add(ByCount& sum) {
    inputs_.forward();
    const std::span<const double> z1 = z1_.tensor().span<double>();
    for (std::size_t i = 0; i < z1.size(); ++i) {
      h1_.span<double>()[i] = network_.activation(z1[i]);
      sum.hidden[count_[i / N::hidden]] += h1_.span<double>()[i];
    }
    hidden_.forward();
    for (std::size_t r = 0; r < rows; ++r) {
      sum.output[count_[r]] += network_.activation(z2_.tensor().span<double>()[r]);
    }
  }

  EnumeratedNetwork network_;
  DeviceContext context_;
  Batch batch_{rows};
  Tensor x_ = zeros(N::inputs), mask_ = zeros(N::inputs), h1_ = zeros(N::hidden);
  std::optional<CsrMatrix> entries_;
  SparseField observed_;
  std::array<std::size_t, rows> count_{};
  std::array<std::size_t, N::inputs + 1> rows_with_{};
  Linear first_{context_, DType::f64, "first", N::inputs, N::hidden};
  Linear second_{context_, DType::f64, "second", N::hidden, 1};
  Program inputs_{context_, DType::f64, batch_, Gradients::no};
  Program hidden_{context_, DType::f64, batch_, Gradients::no};
  Variable z1_, z2_;
};

inline ByCount expected(const EnumeratedNetwork& network,
                        const SparsityNormalization& normalization = {}, Path path = Path::dense) {
  return Enumeration(network, normalization, path).expected();
}

}  // namespace lacuna::testing
