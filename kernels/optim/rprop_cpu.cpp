#include "kernels/optim/rprop.hpp"

#include <algorithm>

#include "kernels/optim/update_loop.hpp"

namespace lacuna::cpu {

namespace {

template <class T>
struct RPropUpdate {
  T increase, decrease, smallest, largest, rate, gradient_scale;

  explicit RPropUpdate(const RPropSettings& s)
      : increase(static_cast<T>(s.increase)),
        decrease(static_cast<T>(s.decrease)),
        smallest(static_cast<T>(s.smallest_step)),
        largest(static_cast<T>(s.largest_step)),
        rate(static_cast<T>(s.learning_rate)),
        gradient_scale(static_cast<T>(s.gradient_scale)) {}

  void operator()(T& value, T gradient, T& previous, T& step, T l2, T decay) const {
    T g = total_gradient(gradient_scale, l2, value, gradient);
    // Signs are compared, not multiplied: tiny gradients' product underflows to 0.
    const bool same = (g > 0 && previous > 0) || (g < 0 && previous < 0);
    const bool turned = (g > 0 && previous < 0) || (g < 0 && previous > 0);
    step = same ? std::min(increase * step, largest) : step;
    step = turned ? std::max(decrease * step, smallest) : step;
    g = turned ? T(0) : g;
    const T move = g > 0 ? step : (g < 0 ? -step : T(0));
    value = value - rate * decay * value - move;
    previous = g;
  }
};

}  // namespace

template <class T>
void rprop(const ExecContext& ctx, const RPropSettings& settings,
           std::span<const TrainedParameter<T>> parameters) {
  update_all(ctx, parameters, RPropUpdate<T>(settings));
}

template void rprop(const ExecContext&, const RPropSettings&,
                    std::span<const TrainedParameter<float>>);
template void rprop(const ExecContext&, const RPropSettings&,
                    std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
