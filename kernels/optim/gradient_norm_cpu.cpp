#include "kernels/core/blocked_sum.hpp"
#include "kernels/optim/gradient_norm.hpp"

namespace lacuna::cpu {

template <class T>
double gradient_norm(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters) {
  double squares = 0;
  for (const TrainedParameter<T>& p : parameters) {
    squares += blocked_sum(ctx, p.size, [&p](std::int64_t i) {
      const double g = static_cast<double>(total_gradient(T(1), p.l2, p.value[i], p.gradient[i]));
      return g * g;
    });
  }
  return std::sqrt(squares);
}

template double gradient_norm(const ExecContext&, std::span<const TrainedParameter<float>>);
template double gradient_norm(const ExecContext&, std::span<const TrainedParameter<double>>);

}  // namespace lacuna::cpu
