#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/levels/level_expectation.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::int64_t lanes = 8;  ///< cells that are computed together

template <class T>
void expect_row(const LevelExpectation<T>& op, std::int64_t r) {
  const std::int64_t levels = op.levels.count;
  for (std::int64_t c = 0; c < op.y.cols; c += lanes) {
    const std::int64_t count = std::min(lanes, op.y.cols - c);
    const T* from = op.score.row(r) + c * levels;
    T score[most_levels * lanes] = {};
    for (std::int64_t i = 0; i < count * levels; ++i) {
      score[i % levels * lanes + i / levels] = from[i];
    }
    T expected[lanes];
    expected_levels<lanes>(op.cumulative, levels, lanes, op.levels.value, score, expected);
    std::copy_n(expected, count, op.y.row(r) + c);
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const LevelExpectation<T>& op) {
#pragma omp parallel for num_threads(team(ctx, op.score.size())) schedule(static)
  for (std::int64_t r = 0; r < op.y.rows; ++r) expect_row(op, r);
}

template struct Kernel<LevelExpectation>;

}  // namespace lacuna::cpu
