#include "kernels/case_data.hpp"
#include "kernels/sparse/entry_error.hpp"

namespace lacuna {

namespace {

/// Loss, gradient and count, by plain loops.
template <class T>
std::vector<std::vector<double>> reference(const CaseShape& s, const CasePattern& pattern,
                                           const std::vector<T>& target, const T* prediction) {
  std::vector<double> gradient(static_cast<std::size_t>(s.rows * s.cols));
  double loss = 0;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (auto e = static_cast<std::size_t>(pattern.row_ptr[static_cast<std::size_t>(r)]);
         e < static_cast<std::size_t>(pattern.row_ptr[static_cast<std::size_t>(r) + 1]); ++e) {
      const std::int64_t at = r * s.cols + pattern.col[e];
      const double error = static_cast<double>(prediction[at]) - static_cast<double>(target[e]);
      loss += error * error;
      gradient[static_cast<std::size_t>(at)] = 2 * error;
    }
  }
  return {{loss}, gradient, {static_cast<double>(pattern.nnz())}};
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto cells = static_cast<std::size_t>(s.rows * s.cols);
  const auto pattern = random_pattern(s, seed);
  const auto target =
      std::make_shared<const std::vector<T>>(random_values<T>(pattern->nnz(), seed, 1));
  const auto loss = std::make_shared<std::vector<LossSum>>(1, LossSum{7, 7});
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"prediction", random_values<T>(s.rows * s.cols, seed, 2)}};
  instance.outputs = {
      {"loss", {T(0)}}, {"gradient", std::vector<T>(cells, T(7)), 1}, {"count", {T(0)}}};
  instance.cotangents = {
      {"loss", {T(1)}}, {"gradient", std::vector<T>(cells, T(0))}, {"count", {T(0)}}};
  instance.gradients = {{"prediction", std::vector<T>(cells)}};
  const DevicePattern on_device(memory, pattern);
  const CsrView<T> entries = on_device.csr(memory.array(*target));
  const MatrixView<const T> prediction =
      memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding);
  const MatrixView<T> gradient = memory.matrix(instance.outputs[1].data, s.rows, s.cols, s.padding);
  LossSum* sum = memory.array(*loss);
  instance.forward = [=, held = target](const ExecContext& ctx) {
    entry_error<T>(
        ctx, {.prediction = prediction, .target = entries, .loss = sum, .gradient = gradient});
  };
  instance.backward = [](const ExecContext&) {};  // the forward pass wrote the gradient
  instance.collect =
      [=, out = instance.outputs[0].data.data(), count = instance.outputs[2].data.data(),
       given = instance.outputs[1].data.data(), written = instance.gradients[0].data.data()] {
        *out = static_cast<T>((*loss)[0].sum);
        *count = static_cast<T>((*loss)[0].count);
        std::copy_n(given, cells, written);
      };
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    return reference<T>(s, *pattern, *target, host);
  };
  instance.reduction_length = std::max<std::int64_t>(pattern->nnz(), 1);
  instance.bytes = static_cast<double>(pattern->nnz()) * (4 + 2 * sizeof(T)) +
                   static_cast<double>(s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = 4.0 * static_cast<double>(pattern->nnz());
  return instance;
}

}  // namespace

OpCase entry_error_case() {
  return {"entry_error",
          {{9, 11, 0, 0.0},
           {9, 11, 0, 0.5},
           {9, 11, 0, 1.0},
           {131, 67, 0, 0.9},
           {5, 12, 0, 0.5, 0, 3},
           {5, 12, 0, 0.5, 0, 4},
           {1, 700, 0, 0.2},
           {3, 1028, 0, 0.3},
           {9, 300, 0, 0.0, 0, 0, EntryPlace::middle_row},
           {200, 3, 0, 0.8},
           {2500, 4, 0, 0.5},
           {0, 5, 0, 0.0},
           {3, 0, 0, 0.0},
           {1, 1, 0, 0.0}},
          {{338, 3774, 0, 0.37}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
