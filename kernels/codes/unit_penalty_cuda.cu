// Elementwise over [n, m]: the floor of the sum is one read of h, that of the gradient one read and
// one write of every cell, and one read more of what is added to. 4 rows a thread are loaded before
// the first is used. The sum's blocks leave partial sums, which one block adds in order.
#include <algorithm>

#include "kernels/codes/unit_penalty.hpp"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/loss_sums.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

template <class Term, int Width>
__global__ void sum_terms(MatrixView<const float> h, RowTiles<Width> tiles, double* partial) {
  const std::int64_t column = tiles.column();
  const std::int64_t rows = column < h.cols ? h.rows : 0;
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(rows, [&](int v, std::int64_t r) { cells[v] = load<Width>(h.row(r) + column); });
  double sum = 0;
  tiles.for_rows(rows, [&](int v, std::int64_t) {
    for (const float x : cells[v].x) sum += static_cast<double>(Term::value(x));
  });
  sum = block_sum<tiles.threads>(sum);
  if (threadIdx.x == 0) partial[tiles.block()] = sum;
}

template <class Term, int Width>
__global__ void differentiate_terms(UnitPenaltyBackward<float> op, float share,
                                    RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= op.h.cols) return;
  Pack<Width> cells[tiles.visits] = {};
  Pack<Width> sum[tiles.visits] = {};
  tiles.for_rows(op.h.rows, [&](int v, std::int64_t r) {
    cells[v] = load<Width>(op.h.row(r) + column);
    if (op.accumulate) sum[v] = load<Width, float>(op.dh.row(r) + column);
  });
  tiles.for_rows(op.h.rows, [&](int v, std::int64_t r) {
    for (int j = 0; j < Width; ++j) {
      const float term = share * Term::derivative(cells[v].x[j]);
      cells[v].x[j] = op.accumulate ? sum[v].x[j] + term : term;
    }
    store<Width>(op.dh.row(r) + column, cells[v]);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const UnitPenalty<float>& op) {
  constexpr const char* name = "unit_penalty";
  with_width(fits_packs(op.h), [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.h.cols);
    const dim3 grid = tiles.grid(op.h.rows, op.h.cols);
    const std::int64_t blocks = tiles.blocks(grid);
    double* partial = reserve<double>(ctx, std::max<std::int64_t>(blocks, 1));
    with_unit_term(op.term, [&]<class Term>(Term) {
      launch(ctx, name, grid, tiles.threads, sum_terms<Term, Width>, op.h, tiles, partial);
    });
    add_losses_over(ctx, name, partial, blocks, static_cast<double>(op.h.rows), op.loss);
  });
}

void compute(Here, const ExecContext& ctx, const UnitPenaltyBackward<float>& op) {
  const auto share = static_cast<float>(op.scale / static_cast<double>(op.h.rows));
  const bool packs = fits_packs(op.h) && fits_packs(op.dh);
  with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(op.h.cols);
    with_unit_term(op.term, [&]<class Term>(Term) {
      launch(ctx, "unit_penalty_backward", tiles.grid(op.h.rows, op.h.cols), tiles.threads,
             differentiate_terms<Term, Width>, op, share, tiles);
    });
  });
}

template struct Kernel<UnitPenalty>;
template struct Kernel<UnitPenaltyBackward>;

}  // namespace lacuna::LACUNA_DEVICE
