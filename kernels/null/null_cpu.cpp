#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/null/null.hpp"
#include "kernels/null/null_rule.hpp"

namespace lacuna::cpu {

namespace {

// Rows in blocks of a fixed size: sums over blocks would have the same bits at any number of
// threads.
template <class T>
void apply(const ExecContext& ctx, MatrixView<const T> from, MatrixView<T> to) {
  const Blocks blocks{from.rows, 16};
#pragma omp parallel for num_threads(team(ctx, from.rows* from.cols)) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    for (std::int64_t r = blocks.begin(block); r < blocks.end(block); ++r) {
#pragma omp simd
      for (std::int64_t c = 0; c < from.cols; ++c) to.row(r)[c] = null_of(from.row(r)[c]);
    }
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const Null<T>& op) {
  apply<T>(ctx, op.x, op.y);
}

template <class T>
void compute(Here, const ExecContext& ctx, const NullBackward<T>& op) {
  apply<T>(ctx, op.dy, op.dx);
}

template struct Kernel<Null>;
template struct Kernel<NullBackward>;

}  // namespace lacuna::cpu
