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

/// A sparse pattern in both directions, on the host; values are kept apart, as differentiable case
/// inputs.
struct CasePattern {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::vector<std::int64_t> row_ptr{0};
  std::vector<std::int32_t> col;
  std::vector<std::int64_t> stored;  ///< [1], columns with entries
  std::vector<std::int32_t> column;
  std::vector<std::int64_t> col_ptr{0};
  std::vector<std::int32_t> row;
  std::vector<std::int32_t> position;

  std::int64_t nnz() const { return static_cast<std::int64_t>(col.size()); }
};

/// The direction by column, from that by row: a counting sort. `room_for_all`: the arrays could
/// take every column, as those of a batch of which only the device knows how many it has.
inline void add_columns(CasePattern& pattern, bool room_for_all) {
  std::vector<std::int64_t> next(static_cast<std::size_t>(pattern.cols) + 1, 0);
  for (const std::int32_t c : pattern.col) ++next[static_cast<std::size_t>(c) + 1];
  for (std::size_t c = 0; c < static_cast<std::size_t>(pattern.cols); ++c) {
    const bool has_entries = next[c + 1] > 0;
    next[c + 1] += next[c];
    if (!has_entries) continue;
    pattern.column.push_back(static_cast<std::int32_t>(c));
    pattern.col_ptr.push_back(next[c + 1]);
  }
  pattern.stored.push_back(static_cast<std::int64_t>(pattern.column.size()));
  if (room_for_all) {
    pattern.column.resize(static_cast<std::size_t>(pattern.cols), -7);
    pattern.col_ptr.resize(static_cast<std::size_t>(pattern.cols) + 1, -7);
  }
  pattern.row.resize(pattern.col.size());
  pattern.position.resize(pattern.col.size());
  for (std::size_t r = 0; r < static_cast<std::size_t>(pattern.rows); ++r) {
    for (std::int64_t e = pattern.row_ptr[r]; e < pattern.row_ptr[r + 1]; ++e) {
      const std::int32_t c = pattern.col[static_cast<std::size_t>(e)];
      const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(c)]++);
      pattern.row[at] = static_cast<std::int32_t>(r);
      pattern.position[at] = static_cast<std::int32_t>(e);
    }
  }
}

inline bool may_have_entry(const CaseShape& s, std::int64_t row, std::int64_t col) {
  switch (s.entries) {
    case EntryPlace::middle_row:
      return row == s.rows / 2;
    case EntryPlace::middle_column:
      return col == s.cols / 2;
    case EntryPlace::everywhere:
      break;
  }
  return true;
}

/// Each cell where the shape may have entries is observed with probability 1 - missing; with
/// missing = 0 or 1 all or none are.
inline std::shared_ptr<const CasePattern> random_pattern(const CaseShape& shape, std::uint64_t seed,
                                                         bool room_for_all_columns = false) {
  auto pattern = std::make_shared<CasePattern>();
  pattern->rows = shape.rows;
  pattern->cols = shape.cols;
  for (std::int64_t r = 0; r < shape.rows; ++r) {
    for (std::int64_t c = 0; c < shape.cols; ++c) {
      const auto word = philox({seed, 77}, static_cast<std::uint64_t>(r * shape.cols + c));
      if (may_have_entry(shape, r, c) && open_uniform(word[0]) >= shape.missing) {
        pattern->col.push_back(static_cast<std::int32_t>(c));
      }
    }
    pattern->row_ptr.push_back(pattern->nnz());
  }
  add_columns(*pattern, room_for_all_columns);
  return pattern;
}

/// A pattern's arrays on a device.
class DevicePattern {
 public:
  DevicePattern(CaseMemory& memory, std::shared_ptr<const CasePattern> host)
      : host_(std::move(host)),
        row_ptr_(memory.array(host_->row_ptr)),
        col_(memory.array(host_->col)),
        stored_(memory.array(host_->stored)),
        column_(memory.array(host_->column)),
        col_ptr_(memory.array(host_->col_ptr)),
        row_(memory.array(host_->row)),
        position_(memory.array(host_->position)) {}

  template <class T>
  CsrView<T> csr(const T* value) const {
    return {host_->rows, host_->cols, row_ptr_, col_, value, 0, host_->nnz()};
  }
  CscView csc() const {
    const auto stored = static_cast<std::int64_t>(host_->column.size());
    const bool exact = stored == host_->stored[0];
    return {host_->rows, host_->cols, stored,      exact ? nullptr : stored_, column_, col_ptr_,
            row_,        position_,   host_->nnz()};
  }

 private:
  std::shared_ptr<const CasePattern> host_;
  const std::int64_t* row_ptr_;
  const std::int32_t* col_;
  const std::int64_t* stored_;
  const std::int32_t* column_;
  const std::int64_t* col_ptr_;
  const std::int32_t* row_;
  const std::int32_t* position_;
};

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
