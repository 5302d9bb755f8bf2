#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/levels/level_loss.hpp"
#include "kernels/sparse/runs_cpu.hpp"

namespace lacuna::cpu {

namespace {

constexpr int lanes = 8;  ///< entries whose costs are computed together

/// The scores of a few entries of a row, [levels][lanes], and the weight rows they are from.
template <class T>
struct Scores {
  std::int64_t levels;
  std::int64_t entries;
  const T* row[lanes * most_levels];  ///< [entries][levels]
  T score[most_levels * lanes] = {};  ///< 0 for lanes without an entry

  template <class Op>
  Scores(const Op& op, const std::int32_t* col, std::int64_t count, const T* hidden)
      : levels(op.levels.count), entries(count) {
    for (std::int64_t i = 0; i < rows(); ++i) {
      row[i] = op.weight.row(col[i / levels] * levels + i % levels);
    }
    std::int64_t i = 0;
    for (; i + 4 <= rows(); i += 4) multiply<4>(op, col, hidden, i);
    for (; i < rows(); ++i) multiply<1>(op, col, hidden, i);
  }

  std::int64_t rows() const { return entries * levels; }
  std::int64_t place(std::int64_t i) const { return i % levels * lanes + i / levels; }

 private:
  template <int Count, class Op>
  void multiply(const Op& op, const std::int32_t* col, const T* hidden, std::int64_t first) {
    std::array<const T*, Count> rows;
    std::copy_n(row + first, Count, rows.begin());
    const std::array<T, Count> product = dots<Count>(hidden, rows, op.weight.cols);
    for (std::int64_t i = first; i < first + Count; ++i) {
      const T bias = op.bias[col[i / levels] * levels + i % levels];
      score[place(i)] = product[static_cast<std::size_t>(i - first)] + bias;
    }
  }
};

template <class Visit>
void in_groups(std::int64_t begin, std::int64_t end, const Visit& visit) {
  for (; begin < end; begin += lanes) visit(begin, std::min<std::int64_t>(lanes, end - begin));
}

template <class T>
struct Loss {
  const LevelLoss<T>& op;
  double* row_loss;

  void start(std::int64_t r) const {
    std::fill_n(op.hidden_gradient.row(r), op.hidden.cols, T(0));
    row_loss[r] = 0;
  }

  void run(std::int64_t r, std::int64_t begin, std::int64_t end) const {
    const double weight = row_weight(r);
    in_groups(begin, end, [&](std::int64_t e, std::int64_t count) { add(r, e, count, weight); });
  }

  void finish(std::int64_t) const {}

 private:
  double row_weight(std::int64_t r) const {
    const auto asked = static_cast<double>(op.target.row_ptr[r + 1] - op.target.row_ptr[r]);
    return op.given == nullptr ? 1 : (static_cast<double>(op.given[r]) + asked) / asked;
  }

  void add(std::int64_t r, std::int64_t e, std::int64_t count, double weight) const {
    Scores<T> scores(op, op.target.col + e, count, op.hidden.row(r));
    std::int32_t level[lanes] = {};
    for (std::int64_t i = 0; i < count; ++i) {
      level[i] = static_cast<std::int32_t>(level_of(op.levels, op.target.value[e + i]));
    }
    T log_sums[most_levels * lanes];
    T by_level[most_levels * lanes];
    T cost[lanes];
    level_costs<lanes>(op.cost, scores.levels, lanes, level, scores.score, log_sums, by_level,
                       cost);
    for (std::int64_t i = 0; i < count; ++i) row_loss[r] += weight * static_cast<double>(cost[i]);
    const T factor = static_cast<T>(op.factor * weight);
    T* gradient = op.score_gradient + (e - op.target.first) * scores.levels;
    for (std::int64_t i = 0; i < scores.rows(); ++i) {
      gradient[i] = factor * by_level[scores.place(i)];
    }
    // The weights are still in the cache.
    accumulate_rows(
        0, scores.rows(), [&](std::int64_t i) { return gradient[i]; },
        [&](std::int64_t i) { return scores.row[i]; }, op.hidden.cols, op.hidden_gradient.row(r));
  }
};

template <class T>
struct Prediction {
  const LevelPrediction<T>& op;

  void start(std::int64_t) const {}
  void run(std::int64_t r, std::int64_t begin, std::int64_t end) const {
    in_groups(begin, end, [&](std::int64_t e, std::int64_t count) {
      Scores<T> scores(op, op.cells.col + e, count, op.hidden.row(r));
      T expected[lanes];
      expected_levels<lanes>(op.cumulative, scores.levels, lanes, op.levels.value, scores.score,
                             expected);
      std::copy_n(expected, count, op.prediction + (e - op.cells.first));
    });
  }
  void finish(std::int64_t) const {}
};

/// Walks through the entries in blocks of columns whose weights stay in the cache.
template <class T, class Op, class Visit>
void for_each_run_of(const ExecContext& ctx, const CsrView<T>& cells, const Op& op,
                     std::int64_t* cursor, const Visit& visit) {
  const IndexLists rows{cells.rows, cells.cols, cells.row_ptr, cells.col};
  for_each_run(ctx, rows, op.levels.count * op.hidden.cols * std::int64_t{sizeof(T)}, cursor, visit,
               op.levels.count);
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const LevelLoss<T>& op) {
  const std::int64_t rows = op.target.rows;
  auto* cursor = reserve<std::int64_t>(ctx, 2 * std::max<std::int64_t>(rows, 1));
  auto* row_loss = reinterpret_cast<double*>(cursor + rows);
  for_each_run_of(ctx, op.target, op, cursor, Loss<T>{op, row_loss});
  double sum = 0;
  for (std::int64_t r = 0; r < rows; ++r) sum += row_loss[r];
  *op.loss = {.sum = sum, .count = static_cast<double>(rows)};
}

template <class T>
void compute(Here, const ExecContext& ctx, const LevelPrediction<T>& op) {
  auto* cursor = reserve<std::int64_t>(ctx, op.cells.rows);
  for_each_run_of(ctx, op.cells, op, cursor, Prediction<T>{op});
}

template struct Kernel<LevelLoss>;
template struct Kernel<LevelPrediction>;

}  // namespace lacuna::cpu
