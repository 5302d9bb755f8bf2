#include "kernels/masked/masked_case.hpp"
#include "kernels/masked/visible_normalize.hpp"

namespace lacuna {

namespace {

/// Of `cols` inputs, `missing` of them 0, and `units`.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto masks = std::make_shared<CaseMasks<T>>(s.cols, s.units, s.mode, seed);
  const std::int64_t size = s.rows * s.units;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto x =
      std::make_shared<std::vector<T>>(random_values<T>(s.rows * s.cols, seed, 1, 1 - s.missing));
  const auto k =
      std::make_shared<std::vector<T>>(random_values<T>(masks->masks * s.units, seed, 2));
  instance.inputs = {{"a", random_values<T>(size, seed, 3)}};
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(size))}};
  instance.cotangents = {{"y", random_values<T>(size, seed, 4)}};
  instance.gradients = {{"a", std::vector<T>(static_cast<std::size_t>(size))}};
  const auto scale = std::make_shared<std::vector<T>>(static_cast<std::size_t>(size));
  const auto matrix = [&](std::vector<T>& data, std::int64_t cols) {
    return memory.matrix(data, s.rows, cols, s.padding);
  };
  const VisibleNormalize<T> op{.x = matrix(*x, s.cols),
                               .a = matrix(instance.inputs[0].data, s.units),
                               .masks = masks->on_device(memory),
                               .k = memory.array(*k),
                               .y = matrix(instance.outputs[0].data, s.units),
                               .scale = matrix(*scale, s.units)};
  const VisibleNormalizeBackward<T> back{.dy = matrix(instance.cotangents[0].data, s.units),
                                         .scale = op.scale,
                                         .da = matrix(instance.gradients[0].data, s.units)};
  instance.forward = [op, scale](const ExecContext& ctx) { visible_normalize<T>(ctx, op); };
  instance.backward = [back](const ExecContext& ctx) { visible_normalize_backward<T>(ctx, back); };
  instance.reference = [=, a = instance.inputs[0].data.data()] {
    std::vector<double> y;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      for (std::int64_t b = 0; b < s.units; ++b) {
        const T* row = x->data() + r * s.cols;
        const auto count =
            std::count_if(row, row + masks->one().depth[b], [](T value) { return value != T(0); });
        const double constant =
            static_cast<double>((*k)[static_cast<std::size_t>(masks->number() * s.units + b)]);
        y.push_back(constant / static_cast<double>(std::max<std::int64_t>(count, 1)) *
                    static_cast<double>(a[r * s.units + b]));
      }
    }
    return std::vector<std::vector<double>>{y};
  };
  instance.bytes = static_cast<double>((s.rows * s.cols + 3 * size) * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols + 2 * size);
  return instance;
}

}  // namespace

OpCase visible_normalize_case() {
  return {"visible_normalize",
          {{0, 3, 4},
           {1, 1, 1},
           {3, 0, 4},
           {3, 4, 0},
           {13, 17, 31, 0.5, plain_mask, 1},
           {13, 16, 32, 0.9, several_masks},
           {5, 300, 12, 1.0, several_masks, 4},
           {70, 1031, 5, 0.2}},
          {{4096, 784, 500, 0.87}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
