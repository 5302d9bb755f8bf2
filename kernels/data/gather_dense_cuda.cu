// Rows copied by number: the floor is one read of the batch's cells, 4 bytes or 1, and one write
// of them as floats. Four rows a thread are loaded before the first is used.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/data/gather_dense.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

struct FloatRows {
  MatrixView<const float> rows;

  template <int Width>
  __device__ Pack<Width> load(std::int64_t row, std::int64_t column) const {
    return lacuna::load<Width>(rows.row(row) + column);
  }
};

struct ByteRows {
  MatrixView<const std::uint8_t> rows;
  float scale;

  template <int Width>
  __device__ Pack<Width> load(std::int64_t row, std::int64_t column) const {
    const auto bytes = lacuna::load<Width>(rows.row(row) + column);
    Pack<Width> cells;
    for (int j = 0; j < Width; ++j) cells.x[j] = scale * static_cast<float>(bytes.x[j]);
    return cells;
  }
};

/// A pack never crosses a byte of bits, as its columns begin at a multiple of its width.
template <class Rows, int Width>
__global__ void gather(GatherDense<float> op, Rows from, RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= op.y.cols) return;
  const std::int64_t bit_bytes = (op.y.cols + 7) / 8;
  Pack<Width> cells[tiles.visits] = {};
  unsigned bits[tiles.visits] = {};
  tiles.for_rows(op.y.rows, [&](int v, std::int64_t r) {
    const std::int64_t source = op.batch.source(r);
    cells[v] = from.template load<Width>(source, column);
    const std::uint8_t* seen = op.observed_bits;
    bits[v] = seen == nullptr ? 0xffU : seen[source * bit_bytes + column / 8] >> (column % 8);
  });
  tiles.for_rows(op.y.rows, [&](int v, std::int64_t r) {
    Pack<Width> observed;
    for (int j = 0; j < Width; ++j) {
      const bool seen = ((bits[v] >> j) & 1U) != 0;
      cells[v].x[j] = seen ? cells[v].x[j] : 0.0f;
      observed.x[j] = seen ? 1.0f : 0.0f;
    }
    store<Width>(op.y.row(r) + column, cells[v]);
    if (op.observed.data != nullptr) store<Width>(op.observed.row(r) + column, observed);
  });
}

template <class Rows>
void gather_from(const ExecContext& ctx, const GatherDense<float>& op, const Rows& from) {
  const bool packs = fits_packs(from.rows) && fits_packs(op.y) && fits_packs(op.observed);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.y.cols);
    launch(ctx, "gather_dense", tiles.grid(op.y.rows, op.y.cols), tiles.threads,
           gather<Rows, Width>, op, from, tiles);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const GatherDense<float>& op) {
  if (op.values.data != nullptr) return gather_from(ctx, op, FloatRows{op.values});
  gather_from(ctx, op, ByteRows{op.bytes, op.scale});
}

template struct Kernel<GatherDense>;

}  // namespace lacuna::LACUNA_DEVICE
