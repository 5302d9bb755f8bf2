#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <vector>

#include "kernels/core/activation.hpp"
#include "kernels/core/philox.hpp"
#include "kernels/core/view.hpp"
#include "kernels/op_case.hpp"

/// Inputs for the case files, functions of (shape, seed).
namespace lacuna {

/// Numbers in (-1, 1) or, with `keep` < 1, zeros in place of some.
template <class T>
std::vector<T> random_values(std::int64_t count, std::uint64_t seed, std::uint32_t purpose,
                             double keep = 1.0) {
  std::vector<T> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto word = philox({seed, purpose}, i);
    values[i] = open_uniform(word[0]) < keep ? static_cast<T>(2 * open_uniform(word[1]) - 1) : T(0);
  }
  return values;
}

/// The activation in double, for references.
inline double reference_activation(Activation activation, double x) {
  switch (activation) {
    case Activation::sigmoid:
      return 1 / (1 + std::exp(-x));
    case Activation::tanh:
      return std::tanh(x);
    case Activation::relu:
      return std::max(x, 0.0);
    case Activation::identity:
      break;
  }
  return x;
}

/// A sparse pattern in both directions; values are kept apart, as differentiable case inputs.
struct CasePattern {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<std::int64_t> row_ptr{0};
  std::vector<std::int32_t> col;
  std::vector<std::int32_t> column;
  std::vector<std::int64_t> col_ptr{0};
  std::vector<std::int32_t> row;
  std::vector<std::int32_t> position;

  std::int64_t nnz() const { return static_cast<std::int64_t>(col.size()); }
  template <class T>
  CsrView<T> csr(const T* value) const {
    return {rows, cols, row_ptr.data(), col.data(), value};
  }
  CscView csc() const {
    return {rows,           cols,           static_cast<std::int64_t>(column.size()),
            column.data(),  col_ptr.data(), row.data(),
            position.data()};
  }
};

/// Each cell observed with probability 1 - missing; with missing = 0 or 1 all or none are.
inline std::shared_ptr<const CasePattern> random_pattern(const CaseShape& shape,
                                                         std::uint64_t seed) {
  auto pattern = std::make_shared<CasePattern>();
  pattern->rows = shape.rows;
  pattern->cols = shape.cols;
  for (std::int64_t r = 0; r < shape.rows; ++r) {
    for (std::int64_t c = 0; c < shape.cols; ++c) {
      const auto word = philox({seed, 77}, static_cast<std::uint64_t>(r * shape.cols + c));
      if (open_uniform(word[0]) >= shape.missing) {
        pattern->col.push_back(static_cast<std::int32_t>(c));
      }
    }
    pattern->row_ptr.push_back(pattern->nnz());
  }
  for (std::int64_t c = 0; c < shape.cols; ++c) {
    for (std::int64_t r = 0; r < shape.rows; ++r) {
      for (std::int64_t e = pattern->row_ptr[static_cast<std::size_t>(r)];
           e < pattern->row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
        if (pattern->col[static_cast<std::size_t>(e)] != c) continue;
        pattern->row.push_back(static_cast<std::int32_t>(r));
        pattern->position.push_back(static_cast<std::int32_t>(e));
      }
    }
    const auto entries = static_cast<std::int64_t>(pattern->row.size());
    if (entries == pattern->col_ptr.back()) continue;
    pattern->column.push_back(static_cast<std::int32_t>(c));
    pattern->col_ptr.push_back(entries);
  }
  return pattern;
}

/// The pattern with its values as a dense rows x cols matrix.
template <class To, class T>
std::vector<To> densified(const CasePattern& pattern, const T* value) {
  std::vector<To> dense(static_cast<std::size_t>(pattern.rows * pattern.cols), To(0));
  for (std::int64_t r = 0; r < pattern.rows; ++r) {
    for (std::int64_t e = pattern.row_ptr[static_cast<std::size_t>(r)];
         e < pattern.row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const std::int64_t c = pattern.col[static_cast<std::size_t>(e)];
      dense[static_cast<std::size_t>(r * pattern.cols + c)] = static_cast<To>(value[e]);
    }
  }
  return dense;
}

}  // namespace lacuna
