#include <initializer_list>

#include "kernels/masked/masked_case.hpp"
#include "kernels/masked/rearrange.hpp"
#include "kernels/masked/staircase_product.hpp"

namespace lacuna {

namespace {

/// Weights by places, 0 where nothing is seen.
template <class T>
std::vector<T> masked_weights(const CaseMasks<T>& masks, std::uint64_t seed) {
  std::vector<T> w = random_values<T>(masks.inputs * masks.units, seed, 2);
  for (std::int64_t a = 0; a < masks.inputs; ++a) {
    for (std::int64_t b = 0; b < masks.units; ++b) {
      if (!masks.one().sees(a, b)) w[static_cast<std::size_t>(a * masks.units + b)] = 0;
    }
  }
  return w;
}

/// y [rows, units] = x [rows, cols] W. Its gradients are its other forms; that of the weights is
/// told where they are seen.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto masks = std::make_shared<CaseMasks<T>>(s.cols, s.units, s.mode, seed);
  const T beta = (s.mode & accumulated) != 0 ? T(1) : T(0);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)},
                     {"w", masked_weights(*masks, seed)}};
  instance.perturb_zeros = false;
  const auto before = std::make_shared<std::vector<T>>(random_values<T>(s.rows * s.units, seed, 3));
  instance.outputs = {{"y", *before}};
  instance.cotangents = {{"y", random_values<T>(s.rows * s.units, seed, 4)}};
  instance.gradients = {{"x", std::vector<T>(instance.inputs[0].data.size())},
                        {"w", std::vector<T>(instance.inputs[1].data.size())}};
  const LayerMasks<T> on_device = masks->on_device(memory);
  const auto matrix = [&](std::vector<T>& data, std::int64_t rows, std::int64_t cols) {
    return memory.matrix(data, rows, cols, s.padding);
  };
  const MatrixView<const T> x = matrix(instance.inputs[0].data, s.rows, s.cols);
  const MatrixView<const T> w = matrix(instance.inputs[1].data, s.cols, s.units);
  const MatrixView<T> y = matrix(instance.outputs[0].data, s.rows, s.units);
  const MatrixView<T> start = matrix(*before, s.rows, s.units);
  const MatrixView<const T> dy = matrix(instance.cotangents[0].data, s.rows, s.units);
  const MatrixView<T> dx = matrix(instance.gradients[0].data, s.rows, s.cols);
  const MatrixView<T> dw = matrix(instance.gradients[1].data, s.cols, s.units);
  instance.forward = [=](const ExecContext& ctx) {
    if (beta != 0) {
      ctx.runtime->copy(y.data, start.data,
                        static_cast<std::size_t>(y.rows * y.stride) * sizeof(T));
    }
    staircase_product<T>(
        ctx,
        {.form = StaircaseForm::forward, .a = x, .b = w, .masks = on_device, .beta = beta, .c = y});
  };
  instance.backward = [=](const ExecContext& ctx) {
    staircase_product<T>(
        ctx, {.form = StaircaseForm::to_inputs, .a = dy, .b = w, .masks = on_device, .c = dx});
    staircase_product<T>(
        ctx, {.form = StaircaseForm::to_weights, .a = x, .b = dy, .masks = on_device, .c = dw});
  };
  instance.collect = [masks, s, of_w = instance.gradients[1].data.data()] {
    for (std::int64_t a = 0; a < s.cols; ++a) {
      for (std::int64_t b = 0; b < s.units; ++b) {
        if (!masks->one().sees(a, b)) of_w[a * s.units + b] = 0;
      }
    }
  };
  instance.reference = [=, x_ = instance.inputs[0].data.data(),
                        w_ = instance.inputs[1].data.data()] {
    std::vector<double> out;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      for (std::int64_t b = 0; b < s.units; ++b) {
        double sum = static_cast<double>(beta) *
                     static_cast<double>((*before)[static_cast<std::size_t>(r * s.units + b)]);
        for (std::int64_t a = 0; a < s.cols; ++a) {
          if (!masks->one().sees(a, b)) continue;
          sum += static_cast<double>(x_[r * s.cols + a]) * static_cast<double>(w_[a * s.units + b]);
        }
        out.push_back(sum);
      }
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.reduction_length = s.cols;
  instance.bytes = static_cast<double>((s.rows * s.cols + s.cols * s.units / 2 + s.rows * s.units) *
                                       std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols * s.units);  // half are zeros
  return instance;
}

}  // namespace

OpCase staircase_product_case() {
  std::vector<CaseShape> shapes{{0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}};
  for (const int mode :
       std::initializer_list<int>{plain_mask, several_masks | accumulated, all_seen}) {
    shapes.push_back({13, 17, 31, 0, mode, mode % 3});
    shapes.push_back({40, 230, 210, 0, mode});
  }
  shapes.push_back({600, 20, 110, 0, several_masks});
  return {
      "staircase_product", shapes, {{100, 784, 500}, {4096, 784, 500}}, make<float>, make<double>};
}

}  // namespace lacuna
