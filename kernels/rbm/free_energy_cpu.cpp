#include <algorithm>

#include "kernels/core/blocked_sum.hpp"
#include "kernels/core/cpu_kernel.hpp"
#include "kernels/rbm/free_energy_terms.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::int64_t columns_at_once = 64;

/// Adds to `sum_lanes` sums.
template <class Visible, class T>
void add_visible(const T* v, const T* bias, std::int64_t d, double* sum) {
  add_to_lanes(d, sum, [=](std::int64_t i) { return Visible::energy(v[i], bias[i]); });
}

/// A row's work in additions.
template <class T>
std::int64_t row_work(const MatrixView<const T>& v, const MatrixView<const T>& a) {
  return v.cols + 16 * a.cols;
}

/// The side's share of the loss; writes its gradient, where that is wanted.
template <class Visible, bool wanted, class T>
double differentiate_side(const ExecContext& ctx, const GapSide<T>& side, const T* bias) {
  const auto add_row = [&](std::int64_t r, double* sum) {
    const T* a = side.a.row(r);
    T* gradient = wanted ? side.gradient.row(r) : nullptr;
    const T share = side.in_gradient;
    add_visible<Visible>(side.v.row(r), bias, side.v.cols, sum);
    add_to_lanes(side.a.cols, sum, [=](std::int64_t j) {
      const double energy = hidden_energy(a[j]);
      if (wanted) gradient[j] = share * elementary::sigmoid(a[j]);
      return energy;
    });
  };
  return side.in_loss * blocked_row_sum(ctx, side.v.rows, row_work(side.v, side.a), add_row);
}

template <class Visible, class T>
double side_loss(const ExecContext& ctx, const GapSide<T>& side, const T* bias) {
  return side.gradient.data != nullptr ? differentiate_side<Visible, true>(ctx, side, bias)
                                       : differentiate_side<Visible, false>(ctx, side, bias);
}

/// Adds factor times the sums of some columns, row by row.
template <class T>
void add_columns(const MatrixView<const T>& v, double factor, std::int64_t begin, std::int64_t end,
                 double* total) {
  double sum[columns_at_once] = {};
  for (std::int64_t r = 0; r < v.rows; ++r) {
    const T* row = v.row(r) + begin;
#pragma omp simd
    for (std::int64_t c = 0; c < end - begin; ++c) sum[c] += static_cast<double>(row[c]);
  }
  for (std::int64_t c = 0; c < end - begin; ++c) total[c] += factor * sum[c];
}

template <class T>
void bias_gradient(const ExecContext& ctx, const FreeEnergyGap<T>& op) {
  const Blocks blocks{op.v0.cols, columns_at_once};
#pragma omp parallel for num_threads(team(ctx, op.v0.size() + op.vk.size())) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    const std::int64_t begin = blocks.begin(block);
    const std::int64_t end = blocks.end(block);
    double total[columns_at_once] = {};
    add_columns(op.v0, -op.scale / at_least_one(op.v0), begin, end, total);
    add_columns(op.vk, op.scale / at_least_one(op.vk), begin, end, total);
    for (std::int64_t c = begin; c < end; ++c) {
      op.bias_gradient[c] = static_cast<T>(total[c - begin]);
    }
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const FreeEnergy<T>& op) {
  const std::int64_t n = op.v.rows;
  with_visible(op.units, [&]<class Visible>(Visible) {
#pragma omp parallel for num_threads(team(ctx, n* row_work(op.v, op.pre_activation))) \
    schedule(static)
    for (std::int64_t r = 0; r < n; ++r) {
      double sum[sum_lanes] = {};
      const T* a = op.pre_activation.row(r);
      add_visible<Visible>(op.v.row(r), op.visible_bias, op.v.cols, sum);
      add_to_lanes(op.pre_activation.cols, sum,
                   [=](std::int64_t j) { return hidden_energy(a[j]); });
      op.energy[r] = static_cast<T>(fold_lanes(sum));
    }
  });
}

template <class T>
void compute(Here, const ExecContext& ctx, const FreeEnergyGap<T>& op) {
  with_visible(op.units, [&]<class Visible>(Visible) {
    const double data = side_loss<Visible>(ctx, data_side(op), op.visible_bias);
    const double model = side_loss<Visible>(ctx, model_side(op), op.visible_bias);
    *op.loss = {data + model, static_cast<double>(op.v0.rows)};
  });
  if (op.bias_gradient != nullptr) bias_gradient(ctx, op);
}

template struct Kernel<FreeEnergy>;
template struct Kernel<FreeEnergyGap>;

}  // namespace lacuna::cpu
