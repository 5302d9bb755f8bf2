#include "kernels/dense/cell_loss_case.hpp"
#include "kernels/dense/squared_error.hpp"

namespace lacuna {

namespace {

/// The squared error of one cell.
struct Exact {
  static constexpr double operations = 5;

  template <class T>
  static T input(T x) {
    return x;
  }
  template <class T>
  static T target(T x) {
    return x;
  }
  static std::array<double, 2> cell(double prediction, double target) {
    const double error = prediction - target;
    return {error * error, 2 * error};
  }
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  return make_cell_loss_case<T, Exact>(
      s, seed, runtime, [](const ExecContext& ctx, const CellLoss<T>& cells) {
        squared_error<T>(ctx, {.prediction = cells.output,
                               .target = cells.target,
                               .observed = cells.observed,
                               .row_weight = cells.row_weight,
                               .scale = cells.scale,
                               .loss = cells.loss,
                               .prediction_gradient = cells.gradient});
      });
}

}  // namespace

OpCase squared_error_case() {
  return {"squared_error",
          cell_loss_test_shapes(),
          {{4096, 784}, {4096, 784, 0, 0.5, masked | weighted_rows}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
