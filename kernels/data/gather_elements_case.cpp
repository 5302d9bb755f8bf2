#include "kernels/case_data.hpp"
#include "kernels/data/batch_case.hpp"
#include "kernels/data/gather_elements.hpp"

namespace lacuna {

namespace {

enum Mode : int { labels_and_weights = 0, labels_only = 1, weights_only = 2 };

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const bool labelled = s.mode != weights_only;
  const bool weighted = s.mode != labels_only;
  const auto batch = std::make_shared<BatchCase>(s, seed, true);
  const auto weights = std::make_shared<const std::vector<T>>(random_values<T>(s.rows, seed, 1));
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(s.rows));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<std::int32_t>(i * 7 % 1001) - 1;
  }
  const auto labels = std::make_shared<const std::vector<std::int32_t>>(std::move(numbers));
  const auto rows = static_cast<std::size_t>(s.units);
  const auto batch_labels = std::make_shared<std::vector<std::int32_t>>(rows, -7);
  instance.outputs = {{"labels", std::vector<T>(rows)}, {"weights", std::vector<T>(rows, T(-7))}};
  GatherElements<T> op;
  op.batch = batch->on_device(memory);
  op.rows = s.units;
  op.batch_labels = memory.array(*batch_labels);
  op.batch_weights = memory.array(instance.outputs[1].data);
  if (labelled) op.labels = memory.array(*labels);
  if (weighted) op.weights = memory.array(*weights);
  instance.forward = [op, batch, labels, weights](const ExecContext& ctx) {
    gather_elements<T>(ctx, op);
  };
  instance.collect = [batch_labels, out = instance.outputs[0].data.data()] {
    std::ranges::transform(*batch_labels, out, [](auto i) { return static_cast<T>(i); });
  };
  instance.reference = [=] {
    std::vector<std::vector<double>> out(2);
    for (const std::int64_t source : batch->sources()) {
      const auto i = static_cast<std::size_t>(source);
      out[0].push_back(labelled ? (*labels)[i] : -7);
      out[1].push_back(weighted ? static_cast<double>((*weights)[i]) : -7);
    }
    return out;
  };
  instance.bytes = static_cast<double>(s.units) * 20;
  return instance;
}

}  // namespace

OpCase gather_elements_case() {
  std::vector<CaseShape> shapes{{.rows = 1, .units = 1}, {.rows = 5, .units = 0}};
  for (const int mode : {labels_and_weights, labels_only, weights_only}) {
    shapes.push_back({.rows = 301, .units = 131, .mode = mode});
  }
  return {"gather_elements", shapes, {{.rows = 60000, .units = 4096}}, make<float>, make<double>};
}

}  // namespace lacuna
