#include <limits>

#include "kernels/case_data.hpp"
#include "kernels/dense/impute.hpp"

namespace lacuna {

namespace {

constexpr double scale = 1.75;

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  with_fill = 1,
  with_indicators = 2,
  all_observed = 4,
  missing_indicated = 8,  ///< the indicators are of missing cells
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool filled = (s.mode & with_fill) != 0;
  const bool indicators = (s.mode & with_indicators) != 0;
  const bool of_missing = (s.mode & missing_indicated) != 0;
  const bool complete = (s.mode & all_observed) != 0;
  const std::int64_t width = (indicators ? 2 : 1) * s.cols;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  std::vector<T> values = random_values<T>(s.rows * s.cols, seed, 1);
  std::vector<T> seen(values.size(), T(1));
  for (std::size_t i = 0; !complete && i < seen.size(); ++i) {
    if (open_uniform(philox({seed, 2}, i)[0]) >= s.missing) continue;
    seen[i] = 0;
    values[i] = std::numeric_limits<T>::quiet_NaN();
  }
  instance.inputs = {
      {"x", values}, {"observed", seen}, {"fill", random_values<T>(s.cols, seed, 3)}};
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(s.rows * width))}};
  Impute<T> op;
  op.scale = static_cast<T>(scale);
  if (indicators) op.indicators = of_missing ? Indicate::missing : Indicate::observed;
  op.x = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding);
  if (!complete) op.observed = memory.matrix(instance.inputs[1].data, s.rows, s.cols, s.padding);
  if (filled) op.fill = memory.array(instance.inputs[2].data);
  op.y = memory.matrix(instance.outputs[0].data, s.rows, width, s.padding);
  instance.forward = [op](const ExecContext& ctx) { impute<T>(ctx, op); };
  instance.reference = [=, x = instance.inputs[0].data.data(),
                        mask = instance.inputs[1].data.data(),
                        fill = instance.inputs[2].data.data()] {
    std::vector<double> y(static_cast<std::size_t>(s.rows * width));
    for (std::int64_t r = 0; r < s.rows; ++r) {
      for (std::int64_t c = 0; c < s.cols; ++c) {
        const bool observed = mask[r * s.cols + c] != 0;
        const double missing = filled ? static_cast<double>(fill[c]) : 0;
        double* at = y.data() + r * width + c;
        *at = scale * (observed ? static_cast<double>(x[r * s.cols + c]) : missing);
        if (indicators) at[s.cols] = observed != of_missing ? 1 : 0;
      }
    }
    return std::vector<std::vector<double>>{y};
  };
  instance.bytes = static_cast<double>((s.rows * s.cols * (complete ? 1 : 2) + s.rows * width) *
                                       std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols);
  return instance;
}

}  // namespace

OpCase impute_case() {
  std::vector<CaseShape> shapes{{0, 3, 0, 0.5, with_fill | with_indicators},
                                {1, 1, 0, 0.5, with_fill | with_indicators},
                                {3, 0, 0, 0.5, with_fill | with_indicators},
                                {5, 12, 0, 1.0, with_fill | with_indicators},
                                {5, 12, 0, 0.0, with_fill | with_indicators}};
  for (int mode = plain; mode < missing_indicated; ++mode) {
    shapes.push_back({13, 17, 0, 0.5, mode, mode % 3});
    shapes.push_back({13, 20, 0, 0.5, mode, mode % 2 * 4});
  }
  for (const int more : {plain, all_observed}) {
    shapes.push_back({13, 17, 0, 0.5, with_indicators | missing_indicated | more, 1});
  }
  return {"impute",
          shapes,
          {{4096, 784, 0, 0.5, with_fill | with_indicators}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
