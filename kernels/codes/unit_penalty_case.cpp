#include <cmath>

#include "kernels/case_data.hpp"
#include "kernels/codes/unit_penalty.hpp"

namespace lacuna {

namespace {

constexpr double scale = 0.75;

/// Some zeros, the others away from them, where there may be a kink.
template <class T>
std::vector<T> units_of(const CaseShape& s, std::uint64_t seed) {
  std::vector<T> h = random_values<T>(s.rows * s.cols, seed, 1, 0.9);
  for (T& x : h) {
    if (x != T(0)) x += x > T(0) ? T(0.05) : T(-0.05);
  }
  return h;
}

/// Bits of the mode; those from `first_term` up count the terms.
enum Mode : int {
  plain = 0,
  shared = 1,    ///< h has a second consumer, which passes it on, and its gradient is added to
  in_place = 2,  ///< the gradient is written in place of h
  first_term = 4,
};

double value_of(UnitTerm term, double h) {
  switch (term) {
    case UnitTerm::l1:
      break;
  }
  return std::abs(h);
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const bool accumulate = (s.mode & shared) != 0;
  const bool over_h = (s.mode & in_place) != 0;
  const UnitTerm term = unit_terms.at(static_cast<std::size_t>(s.mode / first_term));
  const auto cells = static_cast<std::size_t>(s.rows * s.cols);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"h", units_of<T>(s, seed)}};
  instance.perturb_zeros = false;
  instance.outputs = {{"loss", {T(0)}}, {"count", {T(0)}}};
  instance.cotangents = {{"loss", {T(1)}}, {"count", {T(0)}}};
  instance.gradients = {{"h", std::vector<T>(cells)}};
  if (accumulate) {
    instance.outputs.push_back({"passed on", std::vector<T>(cells)});
    instance.cotangents.push_back({"passed on", random_values<T>(s.rows * s.cols, seed, 2)});
  }
  const auto matrix = [&](CaseBuffer<T>& buffer) {
    return memory.matrix(buffer.data, s.rows, s.cols, s.padding);
  };
  const auto loss = std::make_shared<std::vector<LossSum>>(1, LossSum{7, 7});
  LossSum* sums = memory.array(*loss);
  const MatrixView<T> h = matrix(instance.inputs[0]);
  const MatrixView<T> dh = matrix(instance.gradients[0]);
  T* passed_on = accumulate ? matrix(instance.outputs[2]).data : nullptr;
  const T* passed_back = accumulate ? matrix(instance.cotangents[2]).data : nullptr;
  const auto bytes = static_cast<std::size_t>(s.rows * (s.cols + s.padding)) * sizeof(T);
  instance.forward = [=](const ExecContext& ctx) {
    unit_penalty<T>(ctx, {h, term, sums});
    if (accumulate) ctx.runtime->copy(passed_on, h.data, bytes);
  };
  instance.backward = [=](const ExecContext& ctx) {
    if (accumulate) ctx.runtime->copy(dh.data, passed_back, bytes);
    if (over_h) ctx.runtime->copy(dh.data, h.data, bytes);
    unit_penalty_backward<T>(ctx, {over_h ? dh : h, term, scale, accumulate, dh});
  };
  instance.collect = [loss, out = instance.outputs[0].data.data(),
                      count = instance.outputs[1].data.data()] {
    const LossSum& total = (*loss)[0];
    *out = static_cast<T>(total.count > 0 ? scale * total.sum / total.count : total.sum);
    *count = static_cast<T>(total.count);
  };
  instance.reference = [=, host = instance.inputs[0].data.data()] {
    double sum = 0;
    for (std::size_t i = 0; i < cells; ++i) sum += value_of(term, static_cast<double>(host[i]));
    const double rows = static_cast<double>(s.rows);
    std::vector<std::vector<double>> out{{s.rows > 0 ? scale * sum / rows : 0}, {rows}};
    if (accumulate) out.emplace_back(host, host + cells);
    return out;
  };
  instance.reduction_length = s.rows * s.cols;
  instance.bytes = static_cast<double>(cells * sizeof(T));
  instance.operations = static_cast<double>(cells) * 2;
  return instance;
}

}  // namespace

OpCase unit_penalty_case() {
  std::vector<CaseShape> shapes{{0, 3}, {3, 0}, {1, 1}, {1100, 1}, {70, 132}, {2, 8209}};
  for (std::size_t term = 0; term < unit_terms.size(); ++term) {
    for (const int how : {plain, shared, in_place}) {
      const int mode = how + first_term * static_cast<int>(term);
      shapes.push_back({13, 17, 0, 0, mode, how});
      shapes.push_back({5, 12, 0, 0, mode, how % 2 * 4});
    }
  }
  return {"unit_penalty", shapes, {{4096, 2048}}, make<float>, make<double>};
}

}  // namespace lacuna
