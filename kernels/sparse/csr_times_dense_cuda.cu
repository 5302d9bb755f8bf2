// A row of weights per entry: nnz rows of h floats are read, from the cache where the weights fit
// into it, and n are written. A warp sums a chunk of entries in registers (list_gather.cuh); the
// second pass adds what chunks left of rows that cross them, scales by the row's count, adds the
// bias and activates. The backward pass is elementwise over [n, h] and reads y and dy once.
#include "kernels/core/column_sums.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/list_gather.cuh"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// y = f(s * sum + b), s from the row's count.
template <class F>
struct Activate {
  static constexpr bool changes = true;
  CsrView<float> x;
  SparsityNormalization normalization;
  const float* bias;
  float* row_scale;

  __device__ float prepare(std::int64_t row) const {
    const std::int64_t begin = x.row_ptr[row];
    const std::int64_t end = x.row_ptr[row + 1];
    std::int64_t count = end - begin;
    if (normalization.enabled() && normalization.count_by == CountBy::non_zeros) {
      int zeros = 0;
      for (std::int64_t e = begin + threadIdx.x; e < end; e += finish_threads) {
        zeros += x.value[e] == 0.0f ? 1 : 0;
      }
      count -= block_sum<finish_threads>(zeros);
    } else if (x.cells != nullptr) {
      count = x.cells[row];
    }
    const float scale = sparsity_scale<float>(normalization, count);
    if (threadIdx.x == 0) row_scale[row] = scale;
    return scale;
  }
  template <int Width>
  __device__ Pack<Width> operator()(float scale, std::int64_t column,
                                    const Pack<Width>& sum) const {
    Pack<Width> y;
    for (int j = 0; j < Width; ++j) {
      y.x[j] = F::value(std::fma(scale, sum.x[j], bias[column + j]));
    }
    return y;
  }
};

/// The terms of the bias's gradient, dz = dy f'(y); s dz is stored on the way.
template <class F>
struct Differentiate {
  MatrixView<const float> y;
  MatrixView<const float> dy;
  const float* row_scale;
  MatrixView<float> scaled;

  template <int Width>
  struct Loaded {
    Pack<Width> y;
    Pack<Width> dy;
    float scale;
  };

  template <int Width>
  __device__ Loaded<Width> load(std::int64_t row, std::int64_t column) const {
    return {lacuna::load<Width>(y.row(row) + column), lacuna::load<Width>(dy.row(row) + column),
            row_scale[row]};
  }
  template <int Width>
  __device__ Pack<Width> terms(std::int64_t row, std::int64_t column,
                               const Loaded<Width>& loaded) const {
    Pack<Width> dz;
    Pack<Width> scaled_dz;
    for (int j = 0; j < Width; ++j) {
      dz.x[j] = loaded.dy.x[j] * F::derivative(loaded.y.x[j]);
      scaled_dz.x[j] = loaded.scale * dz.x[j];
    }
    store<Width>(scaled.row(row) + column, scaled_dz);
    return dz;
  }
};

}  // namespace

void compute(Here, const ExecContext& ctx, const CsrTimesDense<float>& op) {
  const ListGather gather{.lists = {op.x.row_ptr, op.x.rows, op.x.nnz},
                          .index = op.x.col,
                          .from = op.weight,
                          .coefficient = op.x.value};
  ListSums sums{.out = op.y};
  ScratchLayout layout;
  const PieceMemory pieces(layout, gather.lists, op.y.cols);
  layout.reserve(ctx);
  pieces.assign(layout, sums);
  with_activation(op.activation, [&]<class F>(F) {
    gather_lists(ctx, "csr_times_dense", gather, sums,
                 Activate<F>{op.x, op.normalization, op.bias, op.row_scale});
  });
}

void compute(Here, const ExecContext& ctx, const CsrTimesDenseBackward<float>& op) {
  const bool packs = fits_packs(op.y) && fits_packs(op.dy) && fits_packs(op.scaled) &&
                     fits_packs(op.bias_gradient);
  with_activation(op.activation, [&]<class F>(F) {
    with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
      const Differentiate<F> cells{op.y, op.dy, op.row_scale, op.scaled};
      sum_columns<Width>(ctx, "csr_times_dense_backward", cells, op.y.rows, op.y.cols,
                         op.bias_gradient);
    });
  });
}

template struct Kernel<CsrTimesDense>;
template struct Kernel<CsrTimesDenseBackward>;

}  // namespace lacuna::LACUNA_DEVICE
