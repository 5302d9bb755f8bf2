#include "kernels/masked/masked_case.hpp"
#include "kernels/masked/rearrange.hpp"

namespace lacuna {

namespace {

/// rows inputs, cols units.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto masks = std::make_shared<CaseMasks<T>>(s.rows, s.cols, s.mode, seed);
  const std::int64_t size = s.rows * s.cols;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(size, seed, 1)}};
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(size))}};
  instance.cotangents = {{"y", random_values<T>(size, seed, 2)}};
  instance.gradients = {{"x", random_values<T>(size, seed, 3)}};
  const LayerMasks<T> on_device = masks->on_device(memory);
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const Rearrange<T> op{
      .x = matrix(instance.inputs[0]), .masks = on_device, .y = matrix(instance.outputs[0])};
  RearrangeBackward<T> back{.dy = matrix(instance.cotangents[0]),
                            .masks = on_device,
                            .dx = matrix(instance.gradients[0])};
  instance.forward = [op](const ExecContext& ctx) { rearrange<T>(ctx, op); };
  const bool twice = (s.mode & accumulated) != 0;  // then halved: written, and added to
  instance.backward = [back, twice](const ExecContext& ctx) mutable {
    back.accumulate = false;
    rearrange_backward<T>(ctx, back);
    back.accumulate = true;
    if (twice) rearrange_backward<T>(ctx, back);
  };
  if (twice) {
    instance.collect = [dx = instance.gradients[0].data.data(), size] {
      for (std::int64_t i = 0; i < size; ++i) dx[i] /= T(2);
    };
  }
  instance.reference = [s, masks, x = instance.inputs[0].data.data()] {
    const LayerMasks<T> one = masks->one();
    std::vector<double> y;
    for (std::int64_t a = 0; a < s.rows; ++a) {
      for (std::int64_t b = 0; b < s.cols; ++b) {
        const auto value = static_cast<double>(x[one.input(a) * s.cols + one.unit(b)]);
        y.push_back(one.sees(a, b) ? static_cast<double>(one.factor(b)) * value : 0);
      }
    }
    return std::vector<std::vector<double>>{y};
  };
  instance.bytes = static_cast<double>(2 * size * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(size);
  return instance;
}

}  // namespace

OpCase rearrange_case() {
  std::vector<CaseShape> shapes{{0, 3, 0, 0, several_masks | orders_given},
                                {1, 1, 0, 0, several_masks | orders_given},
                                {3, 0, 0, 0, several_masks | orders_given}};
  for (int mode = plain_mask; mode <= accumulated; ++mode) {
    shapes.push_back({13, 17, 0, 0, mode, mode % 3});
  }
  shapes.push_back({70, 300, 0, 0, several_masks | orders_given | scales_given | accumulated});
  return {"rearrange", shapes, {{784, 500, 0, 0, orders_given}}, make<float>, make<double>};
}

}  // namespace lacuna
