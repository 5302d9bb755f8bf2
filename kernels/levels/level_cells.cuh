#pragma once

#include "kernels/levels/gather_levels.hpp"
#include "kernels/levels/level_cost.hpp"
#include "kernels/sparse/list_chunks.cuh"

/// What kernels over the levels of some cells share: the scores of a few entries of a row.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr int entries_at_once = 8;  ///< entries whose costs are computed together
inline constexpr std::int64_t group_scores = most_levels * entries_at_once;

/// Weight rows whose loads are under way together, beside a sum in registers.
template <class Slice>
inline constexpr int rows_at_once = Slice::floats <= 8 && Slice::width > 1
                                        ? 4
                                        : (Slice::floats <= 16 ? 2 : 1);

/// A warp's working memory: [levels][entries_at_once] each.
struct GroupMemory {
  float* score;
  float* log_sums;
  float* gradient;

  __device__ GroupMemory() {
    struct Tag;
    constexpr unsigned warps = chunk_threads / warp_lanes;
    float* own = shared_array<float, warps * 3 * group_scores, Tag>() +
                 threadIdx.x / warp_lanes * 3 * group_scores;
    score = own;
    log_sums = own + group_scores;
    gradient = own + 2 * group_scores;
  }
};

/// What both ops read.
struct Cells {
  EntryLists rows;
  MatrixView<const float> hidden;
  MatrixView<const float> weight;
  const float* bias;
  CsrView<float> cells;
  LevelValues<float> levels;

  template <class Op>
  Cells(const Op& op, const CsrView<float>& at)
      : rows(at.row_ptr, at.rows, at.nnz),
        hidden(op.hidden),
        weight(op.weight),
        bias(op.bias),
        cells(at),
        levels(op.levels) {}

  /// Row i of the weights of the entries from `entry` on, level by level.
  __device__ std::int64_t weight_row(std::int64_t entry, std::int64_t i) const {
    return cells.col[entry + i / levels.count] * levels.count + i % levels.count;
  }
};

/// The scores of `count` entries of a row.
template <class Slice>
__device__ void score_group(const Cells& in, const float* hidden_row, std::int64_t entry,
                            std::int64_t count, float* score) {
  constexpr int at_once = rows_at_once<Slice>;
  const std::int64_t rows = count * in.levels.count;
  for (std::int64_t first = 0; first < rows; first += at_once) {
    std::int64_t place[at_once];
    float product[at_once] = {};
    for (int i = 0; i < at_once; ++i) {  // beyond the end: the last one again
      place[i] = in.weight_row(entry, first + i < rows ? first + i : rows - 1);
    }
    for (std::int64_t column = 0; column < in.weight.cols; column += Slice::columns) {
      const std::int64_t left = in.weight.cols - column;
      Slice row[at_once];
      for (int i = 0; i < at_once; ++i) {
        row[i] = Slice::load(in.weight.row(place[i]) + column, left);
      }
      const Slice hidden = Slice::load(hidden_row + column, left);
      for (int i = 0; i < at_once; ++i) product[i] += hidden.dot(row[i]);
    }
    for (int i = 0; i < at_once; ++i) {
      const float sum = warp_sum(product[i]) + in.bias[place[i]];
      const std::int64_t number = first + i;
      if (number >= rows || lane_of_warp() > 0) continue;
      score[number % in.levels.count * entries_at_once + number / in.levels.count] = sum;
    }
  }
}

__device__ inline std::int64_t group_at(std::int64_t entry, std::int64_t end) {
  return end - entry < entries_at_once ? end - entry : entries_at_once;
}

}  // namespace LACUNA_NS
}  // namespace lacuna
