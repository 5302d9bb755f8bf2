#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/optim/adam.hpp"

namespace lacuna {

namespace {

constexpr AdamSettings settings{.learning_rate = 0.01};
constexpr std::int64_t step = 3;

/// The second parameter is penalised, the first is not.
constexpr double l2_of(std::size_t parameter) {
  return parameter == 1 ? 0.3 : 0.0;
}

std::vector<std::vector<double>> reference(const std::vector<std::vector<double>>& in) {
  std::vector<std::vector<double>> out = in;
  for (std::size_t p = 0; p < in.size(); p += 4) {
    for (std::size_t i = 0; i < in[p].size(); ++i) {
      const double g = in[p + 1][i] + l2_of(p / 4) * in[p][i];
      const double m = settings.beta1 * in[p + 2][i] + (1 - settings.beta1) * g;
      const double v = settings.beta2 * in[p + 3][i] + (1 - settings.beta2) * g * g;
      const double corrected_m = m / (1 - std::pow(settings.beta1, step));
      const double corrected_v = v / (1 - std::pow(settings.beta2, step));
      out[p][i] -=
          settings.learning_rate * corrected_m / (std::sqrt(corrected_v) + settings.epsilon);
      out[p + 2][i] = m;
      out[p + 3][i] = v;
    }
  }
  return out;
}

/// Two parameters of different size, each with value, gradient, first and second moment.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed) {
  CaseInstance<T> instance;
  for (std::uint32_t p = 0; p < 2; ++p) {
    const std::int64_t size = p == 0 ? s.rows : s.cols;
    for (std::uint32_t i = 0; i < 4; ++i) {
      static constexpr std::array names{"value", "gradient", "first_moment", "second_moment"};
      std::vector<T> data = random_values<T>(size, seed, 4 * p + i);
      if (i == 3) std::ranges::transform(data, data.begin(), [](T x) { return x * x; });
      instance.inputs.push_back({names[i], std::move(data)});
    }
  }
  instance.outputs = instance.inputs;
  const auto inputs = std::make_shared<std::vector<CaseBuffer<T>>>(instance.inputs);
  std::vector<T*> data;
  for (auto& buffer : instance.outputs) data.push_back(buffer.data.data());
  instance.forward = [=](const ExecContext& ctx) {
    for (std::size_t i = 0; i < data.size(); ++i) std::ranges::copy((*inputs)[i].data, data[i]);
    std::array<AdamParameter<T>, 2> parameters;
    for (std::size_t p = 0; p < 2; ++p) {
      parameters[p] = {data[4 * p],     data[4 * p + 1],          data[4 * p + 2],
                       data[4 * p + 3], p == 0 ? s.rows : s.cols, static_cast<T>(l2_of(p))};
    }
    adam<T>(ctx, settings, step, parameters);
  };
  instance.reference = [=] {
    std::vector<std::vector<double>> values;
    for (const auto& buffer : *inputs) values.emplace_back(buffer.data.begin(), buffer.data.end());
    return reference(values);
  };
  instance.reduction_length = 8;  // a chain of roundings, no sum
  instance.bytes = static_cast<double>(7 * (s.rows + s.cols) * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(14 * (s.rows + s.cols));
  return instance;
}

}  // namespace

OpCase adam_case() {
  return {"adam",
          {{.rows = 0, .cols = 1}, {.rows = 1, .cols = 7}, {.rows = 20011, .cols = 131}},
          {{.rows = 3020000, .cols = 3020000}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
