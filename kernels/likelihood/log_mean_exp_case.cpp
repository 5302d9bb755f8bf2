#include "kernels/case_data.hpp"
#include "kernels/likelihood/log_mean_exp.hpp"

namespace lacuna {

namespace {

/// Log likelihoods as images have them: some tens apart, all far below 0.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  for (T& x : instance.inputs[0].data) x = T(20) * x - T(100);
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(s.rows))}};
  const LogMeanExp<T> op{.x = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding),
                         .y = memory.array(instance.outputs[0].data)};
  instance.forward = [op](const ExecContext& ctx) { log_mean_exp<T>(ctx, op); };
  instance.reference = [s, x = instance.inputs[0].data.data()] {
    std::vector<double> y;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      double sum = 0;
      for (std::int64_t c = 0; c < s.cols; ++c) {
        sum += std::exp(static_cast<double>(x[r * s.cols + c]) + 100);
      }
      y.push_back(std::log(sum / static_cast<double>(s.cols)) - 100);
    }
    return std::vector<std::vector<double>>{y};
  };
  instance.reduction_length = s.cols;
  instance.bytes = static_cast<double>(s.rows * (s.cols + 1) * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(20 * s.rows * s.cols);
  return instance;
}

}  // namespace

OpCase log_mean_exp_case() {
  return {"log_mean_exp",
          {{0, 3}, {1, 1}, {5, 4}, {13, 33, 0, 0, 0, 1}, {70, 130}},
          {{10000, 32}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
