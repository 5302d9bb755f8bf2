// A row of weights per entry, read once: a warp has the hidden row and the row's sum of dH in
// registers, takes the inner product with a weight row and, while that is still in registers too,
// adds it to dH. The floor is nnz rows of h floats, from the cache where the weights fit into it.
// Rows too long for registers are read twice: once for the products, once for dH.
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/list_gather.cuh"
#include "kernels/sparse/observed_entries.cuh"
#include "kernels/sparse/observed_loss.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// Adds what the entries of a row from `entry` on have, several weight rows at a time, to dH's row.
template <class Slice>
__device__ double add_entries(const Products<Residual>& in, const Slice& hidden, std::int64_t entry,
                              std::int64_t end, Slice& sum) {
  constexpr int at_once = Slice::floats <= 16 ? 4 : 2;
  Slice weight[at_once];
  float product[at_once];
  const auto entries = Entries<at_once>::load(in.each, entry, end);
  for (int i = 0; i < at_once; ++i) {
    weight[i] = Slice::load(in.weight.row(entries.col[i]), in.weight.cols);
  }
  for (int i = 0; i < at_once; ++i) product[i] = warp_sum(hidden.dot(weight[i]));
  double loss = 0;
  for (int i = 0; i < at_once; ++i) {
    if (entry + i >= end) continue;
    const float error = in.each.finish(entry + i, product[i] + entries.offset[i]);
    loss += static_cast<double>(error) * static_cast<double>(error);
    sum.add(2 * error, weight[i]);
  }
  return loss;
}

template <class Slice>
__global__ void __launch_bounds__(chunk_threads)
    differentiate_chunks(Products<Residual> in, ListSums sums) {
  constexpr int at_once = Slice::floats <= 16 ? 4 : 2;
  const Chunk chunk = chunk_of_warp(in.rows);
  double loss = 0;
  if (chunk.begin < chunk.end) {
    ListAt at = list_of(in.rows, chunk.begin);
    for (std::int64_t entry = chunk.begin;;) {
      const std::int64_t end = at.end < chunk.end ? at.end : chunk.end;
      const Slice hidden = Slice::load(in.hidden.row(at.list), in.hidden.cols);
      Slice sum = {};
      for (; entry < end; entry += at_once) loss += add_entries(in, hidden, entry, end, sum);
      store_sum(sums, chunk, at, 0, sum, 0.0f);
      if (end == chunk.end) break;
      entry = end;
      step_to_next(in.rows, at);
    }
  }
  in.store_loss(chunk, loss);
}

/// The products of a few entries of one row, of any length.
template <class Slice, int Count>
__device__ void multiply_entries(const float* hidden_row, const MatrixView<const float>& weight,
                                 const Entries<Count>& entries, float (&product)[Count]) {
  for (std::int64_t column = 0; column < weight.cols; column += Slice::columns) {
    const std::int64_t count = weight.cols - column;
    Slice row[Count];
    for (int i = 0; i < Count; ++i) {
      row[i] = Slice::load(weight.row(entries.col[i]) + column, count);
    }
    const Slice hidden = Slice::load(hidden_row + column, count);
    for (int i = 0; i < Count; ++i) product[i] += hidden.dot(row[i]);
  }
  for (int i = 0; i < Count; ++i) product[i] = warp_sum(product[i]);
}

/// No sum of rows here, so that registers do not limit the row's length; the hidden row is read
/// again for every few entries, from L1.
template <class Slice, class Each>
__global__ void __launch_bounds__(chunk_threads) predict_chunks(Products<Each> in) {
  constexpr int at_once = Slice::floats <= 16 ? 4 : 2;
  const Chunk chunk = chunk_of_warp(in.rows);
  double loss = 0;
  if (chunk.begin < chunk.end) {
    ListAt at = list_of(in.rows, chunk.begin);
    for (std::int64_t entry = chunk.begin; entry < chunk.end;) {
      if (entry == at.end) step_to_next(in.rows, at);
      const std::int64_t end = at.end < chunk.end ? at.end : chunk.end;
      float product[at_once] = {};
      const auto entries = Entries<at_once>::load(in.each, entry, end);
      multiply_entries<Slice>(in.hidden.row(at.list), in.weight, entries, product);
      for (int i = 0; i < at_once; ++i) {
        if (entry + i >= end) continue;
        const float error = in.each.finish(entry + i, product[i] + entries.offset[i]);
        loss += static_cast<double>(error) * static_cast<double>(error);
      }
      entry = entry + at_once < end ? entry + at_once : end;
    }
  }
  in.store_loss(chunk, loss);
}

/// Beside the rows' gradients, which stay as they are, the loss.
struct AddLosses : Unchanged {
  const double* chunk_loss;
  EntryLists rows;
  LossSum* loss;

  AddLosses(const double* losses, const EntryLists& lists, LossSum* sum)
      : chunk_loss(losses), rows(lists), loss(sum) {}

  __device__ void beside() const {
    const double sum = sum_of_partials<finish_threads>(chunk_loss, rows.chunks());
    if (threadIdx.x > 0) return;
    loss->sum = sum;
    loss->count = rows.count == 0 ? 0.0 : static_cast<double>(rows.ptr[rows.count] - rows.ptr[0]);
  }
};

template <class Each>
void predict(const ExecContext& ctx, const char* name, const Products<Each>& in) {
  const bool packs = fits_packs(in.hidden) && fits_packs(in.weight);
  with_row_slice(in.hidden.cols, packs, [&]<class Slice>(Slice) {
    launch(ctx, name, dim3(in.rows.blocks()), chunk_threads, predict_chunks<Slice, Each>, in);
  });
}

void differentiate(const ExecContext& ctx, const Products<Residual>& in, const ListSums& sums,
                   const AddLosses& losses) {
  const bool packs = fits_packs(in.hidden) && fits_packs(in.weight) && fits_packs(sums.out);
  with_row_slice(in.hidden.cols, packs, [&]<class Slice>(Slice) {
    launch(ctx, "observed_loss", dim3(in.rows.blocks()), chunk_threads, differentiate_chunks<Slice>,
           in, sums);
  });
  launch_finish(ctx, "observed_loss", in.rows, sums, losses);
}

}  // namespace

void compute(Here, const ExecContext& ctx, const ObservedLoss<float>& op) {
  const EntryLists rows{op.target.row_ptr, op.target.rows, op.target.nnz};
  ScratchLayout layout;
  const PieceMemory pieces(layout, rows, op.hidden.cols);
  const std::size_t chunk_loss = layout.add<double>(rows.chunks());
  layout.reserve(ctx);
  ListSums sums{.out = op.hidden_gradient};
  pieces.assign(layout, sums);
  const Products<Residual> in{rows,
                              op.hidden,
                              op.weight,
                              {op.bias, op.target, op.prediction_gradient},
                              layout.at<double>(chunk_loss)};
  const AddLosses add_losses(in.chunk_loss, rows, op.loss);
  if (op.hidden.cols <= widest_slice) {
    differentiate(ctx, in, sums, add_losses);
  } else {
    predict(ctx, "observed_loss", in);
    const ListGather gather{.lists = rows,
                            .index = op.target.col,
                            .from = op.weight,
                            .coefficient = op.prediction_gradient,
                            .first = op.target.first};
    gather_lists(ctx, "observed_loss", gather, sums, add_losses);
  }
}

void compute(Here, const ExecContext& ctx, const ObservedPrediction<float>& op) {
  const EntryLists rows{op.cells.row_ptr, op.cells.rows, op.cells.nnz};
  predict(
      ctx, "observed_prediction",
      Products<Predict>{rows, op.hidden, op.weight, {op.bias, op.cells, op.prediction}, nullptr});
}

template struct Kernel<ObservedLoss>;
template struct Kernel<ObservedPrediction>;

}  // namespace lacuna::LACUNA_DEVICE
