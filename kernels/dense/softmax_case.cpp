#include <cmath>
#include <numeric>

#include "kernels/case_data.hpp"
#include "kernels/dense/softmax.hpp"

namespace lacuna {

namespace {

enum Mode : int { plain = 0, in_place = 1 };

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  for (T& x : instance.inputs[0].data) x *= T(30);
  instance.outputs = {{"y", std::vector<T>(instance.inputs[0].data.size())}};
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const MatrixView<T> x = matrix(instance.inputs[0]);
  const MatrixView<T> y = matrix(instance.outputs[0]);
  const bool over_x = s.mode == in_place;
  instance.forward = [=](const ExecContext& ctx) {
    if (over_x) {
      ctx.runtime->copy(y.data, x.data, static_cast<std::size_t>(x.rows * x.stride) * sizeof(T));
    }
    softmax<T>(ctx, {over_x ? y : x, y});
  };
  instance.reference = [s, host = instance.inputs[0].data.data()] {
    std::vector<double> out;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      const T* row = host + r * s.cols;
      const auto sum = std::accumulate(row, row + s.cols, 0.0, [](double total, T value) {
        return total + std::exp(static_cast<double>(value));
      });
      for (std::int64_t j = 0; j < s.cols; ++j) {
        out.push_back(std::exp(static_cast<double>(row[j])) / sum);
      }
    }
    return std::vector<std::vector<double>>{out};
  };
  instance.reduction_length = s.cols;
  instance.bytes = static_cast<double>(2 * s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(s.rows * s.cols) * 25;
  return instance;
}

}  // namespace

OpCase softmax_case() {
  return {"softmax",
          {{.rows = 0, .cols = 3},
           {.rows = 3, .cols = 0},
           {.rows = 3, .cols = 1},
           {.rows = 9, .cols = 10},
           {.rows = 70, .cols = 10, .mode = in_place, .padding = 1},
           {.rows = 9, .cols = 132, .mode = in_place},
           {.rows = 9, .cols = 132, .padding = 4},
           {.rows = 3, .cols = 1301, .padding = 3}},
          {{.rows = 4096, .cols = 1000}, {.rows = 16384, .cols = 10}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
