#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/data/gather_dense.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
void copy_row(const GatherDense<T>& op, std::int64_t source, T* y) {
  if (op.values.data != nullptr) {
    std::copy_n(op.values.row(source), op.y.cols, y);
    return;
  }
  const std::uint8_t* bytes = op.bytes.row(source);
#pragma omp simd
  for (std::int64_t c = 0; c < op.y.cols; ++c) y[c] = op.scale * static_cast<T>(bytes[c]);
}

/// Clears what is not observed, a byte of eight cells at a time.
template <class T>
void hide_cells(const std::uint8_t* bits, std::int64_t cols, T* y) {
  for (std::int64_t begin = 0; begin < cols; begin += 8) {
    const unsigned byte = bits[begin / 8];
    const std::int64_t count = std::min<std::int64_t>(8, cols - begin);
#pragma omp simd
    for (std::int64_t k = 0; k < count; ++k) {
      y[begin + k] = ((byte >> k) & 1U) != 0 ? y[begin + k] : T(0);
    }
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const GatherDense<T>& op) {
  const std::int64_t cols = op.y.cols;
  const std::int64_t bit_bytes = (cols + 7) / 8;
#pragma omp parallel for num_threads(team(ctx, op.y.size())) schedule(static)
  for (std::int64_t r = 0; r < op.y.rows; ++r) {
    const std::int64_t source = op.batch.source(r);
    copy_row(op, source, op.y.row(r));
    if (op.observed.data != nullptr) std::fill_n(op.observed.row(r), cols, T(1));
    if (op.observed_bits == nullptr) continue;
    const std::uint8_t* bits = op.observed_bits + source * bit_bytes;
    hide_cells(bits, cols, op.y.row(r));
    if (op.observed.data != nullptr) hide_cells(bits, cols, op.observed.row(r));
  }
}

template struct Kernel<GatherDense>;

}  // namespace lacuna::cpu
