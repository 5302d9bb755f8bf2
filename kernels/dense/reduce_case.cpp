#include "kernels/case_data.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna {

namespace {

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  instance.outputs = {{"column_sum", std::vector<T>(static_cast<std::size_t>(s.cols)), s.rows},
                      {"sum_of_squares", {T(0)}}};
  const std::vector<T>& values = instance.inputs[0].data;
  const auto squares = std::make_shared<std::vector<double>>(1);
  const MatrixView<const T> x = memory.matrix(instance.inputs[0].data, s.rows, s.cols, s.padding);
  const T* flat = memory.array(values);
  T* sum = memory.array(instance.outputs[0].data);
  double* sum_of = memory.array(*squares);
  instance.forward = [=](const ExecContext& ctx) {
    column_sum<T>(ctx, {x, sum});
    sum_of_squares<T>(ctx, {{flat, static_cast<std::size_t>(x.size())}, sum_of});
  };
  instance.collect = [squares, out = instance.outputs[1].data.data()] {
    *out = static_cast<T>((*squares)[0]);
  };
  instance.reference = [=, host = values.data()] {
    std::vector<std::vector<double>> out{std::vector<double>(static_cast<std::size_t>(s.cols), 0.0),
                                         {0.0}};
    for (std::int64_t i = 0; i < x.size(); ++i) {
      const double value = static_cast<double>(host[i]);
      out[0][static_cast<std::size_t>(i % s.cols)] += value;
      out[1][0] += value * value;
    }
    return out;
  };
  instance.reduction_length = s.rows * s.cols;
  instance.bytes = static_cast<double>(2 * x.size() * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(3 * x.size());
  return instance;
}

}  // namespace

OpCase reduce_case() {
  return {"reduce",
          {{.rows = 0, .cols = 3},
           {.rows = 70, .cols = 0},
           {.rows = 1, .cols = 1},
           {.rows = 64, .cols = 5},
           {.rows = 65, .cols = 7},
           {.rows = 1031, .cols = 67},
           {.rows = 130, .cols = 132, .padding = 4},
           {.rows = 3, .cols = 8, .padding = 1},
           {.rows = 20011, .cols = 1},
           {.rows = 2, .cols = 8209}},
          {{.rows = 4096, .cols = 2048}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
