#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/philox_lanes.hpp"
#include "kernels/dense/dropout.hpp"
#include "kernels/dense/dropout_draw.hpp"

namespace lacuna::cpu {

namespace {

static_assert(std::endian::native == std::endian::little, "four elements are a word of the mask");

constexpr std::int64_t elements_at_once = dropout_block * std::int64_t{philox_width};

/// The mask of elements_at_once elements from block `first` on.
using Drawn = std::array<std::uint32_t, elements_at_once / 4>;

void draw_blocks(const RandomStream& stream, std::uint64_t first, std::uint32_t least_kept,
                 Drawn& four_bytes) {
  std::array<std::array<std::uint32_t, philox_width>, 4> word;
  philox_lanes(stream, first, word);
#pragma omp simd
  for (std::size_t i = 0; i < philox_width; ++i) {
    four_bytes[2 * i] = kept_bytes(word[0][i], least_kept) | kept_bytes(word[1][i], least_kept)
                                                                 << 16;
    four_bytes[2 * i + 1] = kept_bytes(word[2][i], least_kept) | kept_bytes(word[3][i], least_kept)
                                                                     << 16;
  }
}

/// mask[i] for element `begin` + i, i < count.
void draw_mask(const RandomStream& stream, std::uint32_t least_kept, std::int64_t begin,
               std::int64_t count, std::uint8_t* mask) {
  std::int64_t skipped = begin % dropout_block;  // of the first block
  for (std::int64_t done = 0; done < count;) {
    Drawn four_bytes;
    const auto first = static_cast<std::uint64_t>((begin + done) / dropout_block);
    draw_blocks(stream, first, least_kept, four_bytes);
    const std::int64_t part = std::min(elements_at_once - skipped, count - done);
    std::memcpy(mask + done, reinterpret_cast<const std::uint8_t*>(four_bytes.data()) + skipped,
                static_cast<std::size_t>(part));
    done += part;
    skipped = 0;
  }
}

/// Rows that are drawn together, so that narrow ones do not waste lanes.
template <class T>
Blocks row_blocks(const MatrixView<T>& x) {
  return {x.rows, std::max<std::int64_t>(1, 8192 / std::max<std::int64_t>(x.cols, 1))};
}

std::int64_t count_kept(const std::uint8_t* mask, std::int64_t cols) {
  std::int64_t count = 0;
#pragma omp simd reduction(+ : count)
  for (std::int64_t j = 0; j < cols; ++j) count += mask[j];
  return count;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const Dropout<T>& op) {
  const std::int64_t cols = op.x.cols;
  const RandomStream stream = at_step(op.stream, *op.step);
  const std::uint32_t least_kept = least_kept_half(op.rate);
  const T fixed = dropout_scale<T>(op.rate);
  const Blocks blocks = row_blocks(op.x);
#pragma omp parallel for num_threads(team(ctx, 4 * op.x.size())) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    const std::int64_t begin = blocks.begin(block);
    const std::int64_t end = blocks.end(block);
    draw_mask(stream, least_kept, (op.first_row + begin) * cols, (end - begin) * cols,
              op.mask + begin * cols);
    for (std::int64_t r = begin; r < end; ++r) {
      const std::uint8_t* mask = op.mask + r * cols;
      const T* x = op.x.row(r);
      T* y = op.y.row(r);
      T scale = fixed;
      if (op.normalization.enabled()) {
        op.scale[r] = scale = sparsity_scale<T>(op.normalization, count_kept(mask, cols));
      }
#pragma omp simd
      for (std::int64_t j = 0; j < cols; ++j) y[j] = x[j] * (static_cast<T>(mask[j]) * scale);
    }
  }
}

template <class T>
void compute(Here, const ExecContext& ctx, const DropoutBackward<T>& op) {
  const std::int64_t cols = op.dy.cols;
  const T fixed = dropout_scale<T>(op.rate);
#pragma omp parallel for num_threads(team(ctx, op.dy.size())) schedule(static)
  for (std::int64_t r = 0; r < op.dy.rows; ++r) {
    const std::uint8_t* mask = op.mask + r * cols;
    const T* dy = op.dy.row(r);
    T* dx = op.dx.row(r);
    const T scale = op.scale != nullptr ? op.scale[r] : fixed;
    if (op.accumulate) {
#pragma omp simd
      for (std::int64_t j = 0; j < cols; ++j) dx[j] += dy[j] * (static_cast<T>(mask[j]) * scale);
    } else {
#pragma omp simd
      for (std::int64_t j = 0; j < cols; ++j) dx[j] = dy[j] * (static_cast<T>(mask[j]) * scale);
    }
  }
}

template struct Kernel<Dropout>;
template struct Kernel<DropoutBackward>;

}  // namespace lacuna::cpu
