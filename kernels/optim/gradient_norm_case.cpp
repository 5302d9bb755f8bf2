#include "kernels/case_data.hpp"
#include "kernels/optim/gradient_norm.hpp"

namespace lacuna {

namespace {

constexpr double l2 = 0.3;

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed) {
  CaseInstance<T> instance;
  instance.inputs = {{"value", random_values<T>(s.rows, seed, 1)},
                     {"gradient", random_values<T>(s.rows, seed, 2)}};
  instance.outputs = {{"norm", {T(0)}}};
  T* value = instance.inputs[0].data.data();
  const T* gradient = instance.inputs[1].data.data();
  T* norm = instance.outputs[0].data.data();
  instance.forward = [=](const ExecContext& ctx) {
    const TrainedParameter<T> parameter{.value = value,
                                        .gradient = gradient,
                                        .state = {},
                                        .size = s.rows,
                                        .l2 = static_cast<T>(l2)};
    *norm = static_cast<T>(gradient_norm<T>(ctx, {&parameter, 1}));
  };
  instance.reference = [=] {
    double squares = 0;
    for (std::int64_t i = 0; i < s.rows; ++i) {
      const double g = static_cast<double>(gradient[i]) + l2 * static_cast<double>(value[i]);
      squares += g * g;
    }
    return std::vector<std::vector<double>>{{std::sqrt(squares)}};
  };
  instance.reduction_length = s.rows;
  instance.bytes = static_cast<double>(2 * s.rows * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(4 * s.rows);
  return instance;
}

}  // namespace

OpCase gradient_norm_case() {
  return {"gradient_norm",
          {{.rows = 0}, {.rows = 1}, {.rows = 4097}, {.rows = 20011}},
          {{.rows = 6040000}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
