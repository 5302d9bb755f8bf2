#include "kernels/case_data.hpp"
#include "kernels/optim/set_input.hpp"

namespace lacuna {

namespace {

/// The batch is the shape's rows.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t, DeviceRuntime& runtime) {
  const StepInput value{.rate = 0.5, .penalty_share = 0.25, .batch = s.rows, .step = 70};
  CaseInstance<T> instance(runtime);
  instance.outputs = {{"input", std::vector<T>(4)}};
  const auto input = std::make_shared<std::vector<StepInput>>(1);
  StepInput* on_device = instance.memory->array(*input);
  instance.forward = [=](const ExecContext& ctx) { set_input<T>(ctx, {value, on_device}); };
  instance.collect = [input, out = instance.outputs[0].data.data()] {
    const StepInput& there = input->front();
    out[0] = static_cast<T>(there.rate);
    out[1] = static_cast<T>(there.penalty_share);
    out[2] = static_cast<T>(there.batch);
    out[3] = static_cast<T>(there.step);
  };
  instance.reference = [batch = static_cast<double>(s.rows)] {
    return std::vector<std::vector<double>>{{0.5, 0.25, batch, 70}};
  };
  instance.bytes = sizeof(StepInput);
  return instance;
}

}  // namespace

OpCase set_input_case() {
  return {"set_input",
          {{.rows = 0}, {.rows = 1}, {.rows = 300}},
          {{.rows = 1}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
