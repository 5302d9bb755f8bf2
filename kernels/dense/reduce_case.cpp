#include "kernels/case_data.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna {

namespace {

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed) {
  CaseInstance<T> instance;
  instance.inputs = {{"x", random_values<T>(s.rows * s.cols, seed, 1)}};
  instance.outputs = {{"column_sum", std::vector<T>(static_cast<std::size_t>(s.cols))},
                      {"sum_of_squares", {T(0)}}};
  const MatrixView<const T> x{instance.inputs[0].data.data(), s.rows, s.cols};
  T* sum = instance.outputs[0].data.data();
  T* squares = instance.outputs[1].data.data();
  instance.forward = [=](const ExecContext& ctx) {
    column_sum<T>(ctx, x, sum);
    *squares = static_cast<T>(sum_of_squares<T>(ctx, {x.data, static_cast<std::size_t>(x.size())}));
  };
  instance.reference = [=] {
    std::vector<std::vector<double>> out{std::vector<double>(static_cast<std::size_t>(s.cols), 0.0),
                                         {0.0}};
    for (std::int64_t i = 0; i < x.size(); ++i) {
      const double value = static_cast<double>(x.data[i]);
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
           {.rows = 1, .cols = 1},
           {.rows = 64, .cols = 5},
           {.rows = 65, .cols = 7},
           {.rows = 1031, .cols = 67}},
          {{.rows = 4096, .cols = 2048}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
