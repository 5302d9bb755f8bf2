#include "kernels/case_data.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna {

namespace {

/// The activation, and what a row's entries are counted by to scale it; plain: neither.
enum Mode : int {
  plain = 0,
  sigmoid_by_mask = 1,
  tanh_by_non_zeros = 2,
  relu_by_mask = 3,
  tanh_by_cells = 4,  ///< a row's entries stand for fewer cells
};

/// Cells that `entries` entries stand for in the last mode.
constexpr std::int64_t cells_of(std::int64_t entries) {
  return (entries + 2) / 3;
}

struct Setting {
  Activation activation;
  SparsityNormalization normalization;
};

Setting setting_of(const CaseShape& s) {
  switch (s.mode) {
    case sigmoid_by_mask:
      return {Activation::sigmoid, {3.0, CountBy::mask}};
    case tanh_by_non_zeros:
      return {Activation::tanh, {2.0, CountBy::non_zeros}};
    case relu_by_mask:
      return {Activation::relu, {1.0, CountBy::mask}};
    case tanh_by_cells:
      return {Activation::tanh, {2.0, CountBy::mask}};
    default:
      return {Activation::identity, {}};
  }
}

template <class T>
std::vector<double> reference(const CaseShape& s, const CasePattern& pattern,
                              const std::vector<T>& value, const T* weight, const T* bias) {
  const Setting set = setting_of(s);
  std::vector<double> y;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    const std::int64_t begin = pattern.row_ptr[static_cast<std::size_t>(r)];
    const std::int64_t end = pattern.row_ptr[static_cast<std::size_t>(r) + 1];
    double count = 0;
    for (std::int64_t e = begin; e < end; ++e) {
      const bool zero = value[static_cast<std::size_t>(e)] == T(0);
      count += set.normalization.count_by == CountBy::non_zeros && zero ? 0.0 : 1.0;
    }
    if (s.mode == tanh_by_cells) count = static_cast<double>(cells_of(end - begin));
    const double k = set.normalization.k;
    const double scale = k == 0 ? 1.0 : k / std::max(count, 1.0);
    for (std::int64_t j = 0; j < s.units; ++j) {
      double sum = 0;
      for (std::int64_t e = begin; e < end; ++e) {
        const std::int64_t c = pattern.col[static_cast<std::size_t>(e)];
        sum += static_cast<double>(value[static_cast<std::size_t>(e)]) *
               static_cast<double>(weight[c * s.units + j]);
      }
      y.push_back(reference_activation(set.activation, scale * sum + static_cast<double>(bias[j])));
    }
  }
  return y;
}

/// Densify, normalise, multiply, add the bias and activate: four kernels in place of one.
template <class T>
std::vector<T> composed(const ExecContext& ctx, const CaseShape& s, const CasePattern& pattern,
                        const std::vector<T>& value, const T* weight, const T* bias) {
  const Setting set = setting_of(s);
  std::vector<T> x = densified<T>(pattern, value.data());
  std::vector<T> mask = densified<T>(pattern, std::vector<T>(value.size(), T(1)).data());
  std::vector<T> scale(static_cast<std::size_t>(s.rows));
  std::vector<T> y(static_cast<std::size_t>(s.rows * s.units));
  const MatrixView<T> xs{x.data(), s.rows, s.cols};
  const bool by_mask = set.normalization.count_by == CountBy::mask;
  if (set.normalization.enabled()) {
    sparsity_normalize<T>(
        ctx,
        {xs, by_mask ? MatrixView<const T>{mask.data(), s.rows, s.cols} : MatrixView<const T>{},
         set.normalization, xs, scale.data()});
  }
  const MatrixView<T> ys{y.data(), s.rows, s.units};
  gemm<T>(ctx, {.a = xs, .b = {weight, s.cols, s.units}, .c = ys});
  bias_activation<T>(ctx, {ys, bias, set.activation, ys});
  return y;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const Setting set = setting_of(s);
  const auto pattern = random_pattern(s, seed);
  const auto value = std::make_shared<const std::vector<T>>(random_values<T>(
      pattern->nnz(), seed, 1, set.normalization.count_by == CountBy::mask ? 1 : .7));
  const auto row_scale = std::make_shared<std::vector<T>>(static_cast<std::size_t>(s.rows));
  const auto scaled = std::make_shared<std::vector<T>>(static_cast<std::size_t>(s.rows * s.units));
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"weight", random_values<T>(s.cols * s.units, seed, 2)},
                     {"bias", random_values<T>(s.units, seed, 3)}};
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(s.rows * s.units))}};
  instance.cotangents = {{"y", random_values<T>(s.rows * s.units, seed, 4)}};
  instance.gradients = {{"weight", std::vector<T>(static_cast<std::size_t>(s.cols * s.units))},
                        {"bias", std::vector<T>(static_cast<std::size_t>(s.units))}};
  const DevicePattern on_device(memory, pattern);
  const auto row_cells = std::make_shared<std::vector<std::int64_t>>();
  for (std::int64_t r = 0; r < s.rows && s.mode == tanh_by_cells; ++r) {
    const auto at = static_cast<std::size_t>(r);
    row_cells->push_back(cells_of(pattern->row_ptr[at + 1] - pattern->row_ptr[at]));
  }
  const auto matrix = [&](std::vector<T>& data, std::int64_t rows) {
    return memory.matrix(data, rows, s.units, s.padding);
  };
  CsrView<T> x = on_device.csr(memory.array(*value));
  if (!row_cells->empty()) x.cells = memory.array(std::as_const(*row_cells));
  const MatrixView<const T> weight = matrix(instance.inputs[0].data, s.cols);
  const T* bias = memory.array(instance.inputs[1].data);
  const MatrixView<T> y = matrix(instance.outputs[0].data, s.rows);
  const MatrixView<const T> dy = matrix(instance.cotangents[0].data, s.rows);
  const MatrixView<T> dz = matrix(*scaled, s.rows);
  T* scale = memory.array(*row_scale);
  const MatrixView<T> weight_gradient = matrix(instance.gradients[0].data, s.cols);
  T* bias_gradient = memory.array(instance.gradients[1].data);

  instance.forward = [=](const ExecContext& ctx) {
    csr_times_dense<T>(ctx, {.x = x,
                             .weight = weight,
                             .bias = bias,
                             .normalization = set.normalization,
                             .activation = set.activation,
                             .y = y,
                             .row_scale = scale});
  };
  instance.backward = [=, held = std::tuple(row_scale, scaled, row_cells)](const ExecContext& ctx) {
    csr_times_dense_backward<T>(ctx, {.y = y,
                                      .dy = dy,
                                      .row_scale = scale,
                                      .activation = set.activation,
                                      .scaled = dz,
                                      .bias_gradient = bias_gradient});
    csc_gather_gradient<T>(ctx, {.pattern = on_device.csc(),
                                 .coefficient = x.value,
                                 .source = dz,
                                 .gradient = weight_gradient});
  };
  const T* host_weight = instance.inputs[0].data.data();
  const T* host_bias = instance.inputs[1].data.data();
  instance.reference = [=] {
    return std::vector<std::vector<double>>{
        reference<T>(s, *pattern, *value, host_weight, host_bias)};
  };
  if (s.mode != tanh_by_cells) {  // no other kernel knows them
    instance.composed = [=](const ExecContext& ctx) {
      return std::vector<std::vector<T>>{
          composed<T>(ctx, s, *pattern, *value, host_weight, host_bias)};
    };
  }
  instance.reduction_length = s.cols;
  instance.bytes =
      static_cast<double>(pattern->nnz()) *
          static_cast<double>(sizeof(T) * (static_cast<std::size_t>(s.units) + 1) + 4) +
      static_cast<double>(s.rows * s.units * std::int64_t{sizeof(T)});
  instance.operations = 2.0 * static_cast<double>(pattern->nnz() * s.units);
  return instance;
}

}  // namespace

OpCase csr_times_dense_case() {
  std::vector<CaseShape> shapes;
  for (const int mode : {plain, sigmoid_by_mask, tanh_by_non_zeros, relu_by_mask, tanh_by_cells}) {
    for (const double missing : {0.0, 0.5, 1.0}) {
      shapes.push_back({9, 11, 7, missing, mode});
    }
    shapes.push_back({131, 67, 33, 0.9, mode});
    shapes.push_back({5, 7, 12, 0.5, mode, mode % 3});
    shapes.push_back({37, 150, 21, 0.2, mode});  // long rows: may be done in blocks
  }
  // More units than a warp's lanes hold at 4 each.
  shapes.push_back({3, 70, 300, 0.3, sigmoid_by_mask});
  for (const std::int64_t units : {200, 201, 301}) {
    shapes.push_back({3, 70, units, 0.3, tanh_by_non_zeros});
  }
  shapes.push_back({2, 40, 601, 0.3, tanh_by_non_zeros});
  shapes.push_back({2, 90, 1100, 0.2, sigmoid_by_mask});  // more than a warp's registers hold
  shapes.push_back({1, 700, 5, 0.0, tanh_by_non_zeros});  // one row has all entries
  shapes.push_back({9, 300, 5, 0.0, sigmoid_by_mask, 0, EntryPlace::middle_row});
  shapes.push_back({200, 3, 9, 0.8, sigmoid_by_mask});  // most rows have none
  shapes.push_back({0, 5, 3, 0.0, sigmoid_by_mask});
  shapes.push_back({1, 1, 1, 0.0, sigmoid_by_mask});
  shapes.push_back({3, 5, 0, 0.5, sigmoid_by_mask});
  shapes.push_back({3, 0, 5, 0.0, sigmoid_by_mask});
  return {"csr_times_dense",
          shapes,
          {{3706, 6040, 500, 0.96, sigmoid_by_mask}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
