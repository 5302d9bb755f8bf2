#include <cmath>

#include "kernels/dense/cell_loss_case.hpp"
#include "kernels/dense/sigmoid_cross_entropy.hpp"

namespace lacuna {

namespace {

/// The cross entropy of one cell.
struct Exact {
  static constexpr double operations = 45;

  template <class T>
  static T input(T x) {
    return T(8) * x;
  }
  /// 0 and 1 among others.
  template <class T>
  static T target(T x) {
    if (x > T(0)) return x;
    return x < T(-0.5) ? T(0) : T(1);
  }
  static std::array<double, 2> cell(double logit, double target) {
    const double p = 1 / (1 + std::exp(-logit));
    const double q = 1 / (1 + std::exp(logit));
    return {-target * std::log(p) - (1 - target) * std::log(q), p - target};
  }
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  return make_cell_loss_case<T, Exact>(
      s, seed, runtime, [](const ExecContext& ctx, const CellLoss<T>& cells) {
        sigmoid_cross_entropy<T>(ctx, {.logits = cells.output,
                                       .target = cells.target,
                                       .observed = cells.observed,
                                       .row_weight = cells.row_weight,
                                       .scale = cells.scale,
                                       .loss = cells.loss,
                                       .logits_gradient = cells.gradient});
      });
}

}  // namespace

OpCase sigmoid_cross_entropy_case() {
  return {"sigmoid_cross_entropy",
          cell_loss_test_shapes(),
          {{4096, 784}, {4096, 784, 0, 0.5, masked | weighted_rows}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
