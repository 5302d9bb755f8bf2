// A warp per row: the floor is one read of v and a, and one write of a's gradient. Rows are short
// (784 visible and 500 hidden units are 5 KB), so lanes need no more loads in flight than their
// packs. The gap's two sides are one launch, whose blocks leave partial sums for one block to add
// in order; the bias's gradient reads v again, which at a batch's size lies in L2.
#include <algorithm>

#include "kernels/core/column_sums.cuh"
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/warp_rows.cuh"
#include "kernels/dense/loss_sums.cuh"
#include "kernels/rbm/free_energy_terms.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// The lane's share.
template <class Visible, int Width>
__device__ double visible_energy(const float* v, const float* bias, std::int64_t d) {
  double sum = 0;
  for_packs<Width>(d, [&](std::int64_t i) {
    const Pack<Width> values = load<Width>(v + i);
    const Pack<Width> biases = load<Width>(bias + i);
    for (int k = 0; k < Width; ++k) sum += Visible::energy(values.x[k], biases.x[k]);
  });
  return sum;
}

/// The lane's share; `gradient`, if not nullptr, becomes share sigmoid(a).
template <int Width>
__device__ double hidden_energies(const float* a, std::int64_t m, float share, float* gradient) {
  double sum = 0;
  for_packs<Width>(m, [&](std::int64_t j) {
    Pack<Width> pack = load<Width>(a + j);
    for (const float x : pack.x) sum += hidden_energy(x);
    if (gradient == nullptr) return;
    for (float& x : pack.x) x = share * elementary::sigmoid(x);
    store<Width>(gradient + j, pack);
  });
  return sum;
}

template <class Visible, int Width>
__global__ void sum_rows_of_units(FreeEnergy<float> op) {
  const std::int64_t r = row_of_warp();
  if (r >= op.v.rows) return;
  const double visible = visible_energy<Visible, Width>(op.v.row(r), op.visible_bias, op.v.cols);
  const double hidden =
      hidden_energies<Width>(op.pre_activation.row(r), op.pre_activation.cols, 0, nullptr);
  const double energy = warp_sum(visible + hidden);
  if (threadIdx.x % warp_lanes == 0) op.energy[r] = static_cast<float>(energy);
}

template <class Visible, int Width>
__global__ void differentiate_sides(GapSide<float> data, GapSide<float> model, const float* bias,
                                    double* partial) {
  const GapSide<float> side = blockIdx.y == 0 ? data : model;
  const std::int64_t r = row_of_warp();
  double sum = 0;
  if (r < side.v.rows) {
    float* gradient = side.gradient.data == nullptr ? nullptr : side.gradient.row(r);
    sum = visible_energy<Visible, Width>(side.v.row(r), bias, side.v.cols) +
          hidden_energies<Width>(side.a.row(r), side.a.cols, side.in_gradient, gradient);
  }
  sum = block_sum<warp_row_threads>(side.in_loss * sum);
  if (threadIdx.x == 0) partial[std::int64_t{blockIdx.y} * gridDim.x + blockIdx.x] = sum;
}

/// The visible vectors of both sides, one below the other, each row times what it counts.
struct SideRows {
  GapSide<float> data, model;

  template <int Width>
  __device__ Pack<Width> load(std::int64_t row, std::int64_t column) const {
    const std::int64_t n = data.v.rows;
    return lacuna::load<Width>((row < n ? data.v.row(row) : model.v.row(row - n)) + column);
  }
  template <int Width>
  __device__ Pack<Width> terms(std::int64_t row, std::int64_t, const Pack<Width>& loaded) const {
    const float share = row < data.v.rows ? data.in_gradient : model.in_gradient;
    Pack<Width> pack;
    for (int j = 0; j < Width; ++j) pack.x[j] = share * loaded.x[j];
    return pack;
  }
};

}  // namespace

void compute(Here, const ExecContext& ctx, const FreeEnergy<float>& op) {
  const bool packs =
      fits_packs(op.v) && fits_packs(op.visible_bias) && fits_packs(op.pre_activation);
  with_visible(op.units, [&]<class Visible>(Visible) {
    with_width(packs, [&]<int Width>(std::integral_constant<int, Width>) {
      launch(ctx, "free_energy", blocks_for(op.v.rows, warp_rows), warp_row_threads,
             sum_rows_of_units<Visible, Width>, op);
    });
  });
}

void compute(Here, const ExecContext& ctx, const FreeEnergyGap<float>& op) {
  constexpr const char* name = "free_energy_gap";
  const GapSide<float> data = data_side(op);
  const GapSide<float> model = model_side(op);
  const bool visible_packs = fits_packs(op.v0) && fits_packs(op.vk) && fits_packs(op.visible_bias);
  const bool hidden_packs =
      fits_packs(op.a0) && fits_packs(op.ak) && fits_packs(op.da0) && fits_packs(op.dak);
  const dim3 grid{blocks_for(std::max(op.v0.rows, op.vk.rows), warp_rows), 2};
  const std::int64_t blocks = std::int64_t{grid.x} * grid.y;
  double* partial = reserve<double>(ctx, std::max<std::int64_t>(blocks, 1));
  with_visible(op.units, [&]<class Visible>(Visible) {
    with_width(visible_packs && hidden_packs, [&]<int Width>(std::integral_constant<int, Width>) {
      launch(ctx, name, grid, warp_row_threads, differentiate_sides<Visible, Width>, data, model,
             op.visible_bias, partial);
    });
  });
  add_losses_over(ctx, name, partial, blocks, static_cast<double>(op.v0.rows), op.loss);
  if (op.bias_gradient == nullptr) return;
  with_width(visible_packs && fits_packs(op.bias_gradient),
             [&]<int Width>(std::integral_constant<int, Width>) {
               sum_columns<Width>(ctx, name, SideRows{data, model}, op.v0.rows + op.vk.rows,
                                  op.v0.cols, op.bias_gradient);
             });
}

template struct Kernel<FreeEnergy>;
template struct Kernel<FreeEnergyGap>;

}  // namespace lacuna::LACUNA_DEVICE
