#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/runs_cpu.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
struct Gather {
  const CscGatherGradient<T>& op;

  std::int64_t column(std::int64_t k) const { return op.pattern.column[k]; }

  /// Clears the column's gradient and those of the columns without entries before it.
  void start(std::int64_t k) const { clear(k == 0 ? 0 : column(k - 1) + 1, column(k) + 1); }

  void run(std::int64_t k, std::int64_t begin, std::int64_t end) const {
    // Coefficients lie far apart: fetched together, their cache misses overlap. With several levels
    // the rows of the source stay in L1 from one level to the next.
    constexpr std::int64_t most = 64;
    const std::int64_t fetched = op.levels == 1 ? most : 8;
    for (std::int64_t first = begin; first < end; first += fetched) {
      const std::int64_t count = std::min(fetched, end - first);
      for (std::int64_t level = 0; level < op.levels; ++level) {
        T coefficient[most];
        for (std::int64_t i = 0; i < count; ++i) {
          coefficient[i] = op.coefficient[op.pattern.position[first + i] * op.levels + level];
        }
        const std::int64_t place = column(k) * op.levels + level;
        accumulate_rows(
            0, count, [&](std::int64_t i) { return coefficient[i]; },
            [&](std::int64_t i) { return op.source.row(op.pattern.row[first + i]); },
            op.source.cols, op.gradient.row(place));
        if (op.column_sum == nullptr) continue;
        T& sum = op.column_sum[place];
        for (std::int64_t i = 0; i < count; ++i) sum += coefficient[i];
      }
    }
  }

  void finish(std::int64_t k) const {
    if (k + 1 == op.pattern.lists()) clear(column(k) + 1, op.pattern.cols);
  }

  void clear(std::int64_t begin, std::int64_t end) const {
    for (std::int64_t c = begin * op.levels; c < end * op.levels; ++c) {
      std::fill_n(op.gradient.row(c), op.gradient.cols, T(0));
      if (op.column_sum != nullptr) op.column_sum[c] = T(0);
    }
  }
};

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const CscGatherGradient<T>& op) {
  const CscView& pattern = op.pattern;
  const IndexLists columns{pattern.lists(), pattern.rows, pattern.col_ptr, pattern.row};
  const Gather<T> gather{op};
  if (columns.lists == 0) return gather.clear(0, pattern.cols);
  std::int64_t* cursor = reserve<std::int64_t>(ctx, columns.lists);
  for_each_run(ctx, columns, op.source.cols * std::int64_t{sizeof(T)}, cursor, gather);
}

template struct Kernel<CscGatherGradient>;

}  // namespace lacuna::cpu
