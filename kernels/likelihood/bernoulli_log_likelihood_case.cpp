#include "kernels/case_data.hpp"
#include "kernels/likelihood/bernoulli_log_likelihood.hpp"

namespace lacuna {

namespace {

enum Mode : int { cells_only = 0, with_count_term = 1 };

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const std::int64_t size = s.rows * s.cols;
  instance.inputs = {{"logits", random_values<T>(size, seed, 1)},
                     {"x", random_values<T>(size, seed, 2)},
                     {"count_term", random_values<T>(s.cols + 1, seed, 3)}};
  for (T& z : instance.inputs[0].data) z *= T(5);
  for (T& x : instance.inputs[1].data) x = x > T(0.5) ? T(1) : T(0);
  instance.outputs = {{"value", std::vector<T>(static_cast<std::size_t>(s.rows))}};
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const bool counts = s.mode == with_count_term;
  const T* count_term = memory.array(instance.inputs[2].data);
  const BernoulliLogLikelihood<T> op{
      .logits = matrix(instance.inputs[0]),
      .x = matrix(instance.inputs[1]),
      .count_term = counts ? count_term : nullptr,
      .value = memory.matrix(instance.outputs[0].data, s.rows, 1, s.padding)};
  instance.forward = [op](const ExecContext& ctx) { bernoulli_log_likelihood<T>(ctx, op); };
  instance.reference = [=, z = instance.inputs[0].data.data(), x = instance.inputs[1].data.data(),
                        term = instance.inputs[2].data.data()] {
    std::vector<double> value;
    for (std::int64_t r = 0; r < s.rows; ++r) {
      double sum = 0;
      std::int64_t count = 0;
      for (std::int64_t i = r * s.cols; i < (r + 1) * s.cols; ++i) {
        const auto logit = static_cast<double>(z[i]);
        sum -= std::log1p(std::exp(x[i] != T(0) ? -logit : logit));
        count += x[i] != T(0) ? 1 : 0;
      }
      value.push_back(sum + (counts ? static_cast<double>(term[count]) : 0));
    }
    return std::vector<std::vector<double>>{value};
  };
  instance.reduction_length = s.cols;
  instance.bytes = static_cast<double>((2 * size + s.rows) * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(30 * size);
  return instance;
}

}  // namespace

OpCase bernoulli_log_likelihood_case() {
  return {"bernoulli_log_likelihood",
          {{0, 3, 0, 0, with_count_term},
           {1, 1, 0, 0, with_count_term},
           {3, 0, 0, 0, with_count_term},
           {13, 17, 0, 0, cells_only, 1},
           {5, 1031, 0, 0, with_count_term},
           {70, 132, 0, 0, with_count_term, 4}},
          {{4096, 784, 0, 0, with_count_term}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
