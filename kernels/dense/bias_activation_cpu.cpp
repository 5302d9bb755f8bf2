#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/bias_activation.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const BiasActivation<T>& op) {
  const std::int64_t n = op.x.cols;
  with_activation(op.activation, [&]<class F>(F) {
#pragma omp parallel for num_threads(team(ctx, 4 * op.x.size())) schedule(static)
    for (std::int64_t r = 0; r < op.x.rows; ++r) {
      const T* x = op.x.row(r);
      T* y = op.y.row(r);
      if (op.bias == nullptr) {
#pragma omp simd
        for (std::int64_t j = 0; j < n; ++j) y[j] = F::value(x[j]);
      } else {
#pragma omp simd
        for (std::int64_t j = 0; j < n; ++j) y[j] = F::value(x[j] + op.bias[j]);
      }
    }
  });
}

template <class T>
void compute(Here, const ExecContext& ctx, const BiasActivationBackward<T>& op) {
  with_activation(op.activation, [&]<class F>(F) {
#pragma omp parallel for num_threads(team(ctx, op.y.size())) schedule(static)
    for (std::int64_t r = 0; r < op.y.rows; ++r) {
      const T* y = op.y.row(r);
      const T* dy = op.dy.row(r);
      T* dx = op.dx.row(r);
      // The derivative first: the other way round gcc 12 makes a branch of ReLU's.
#pragma omp simd
      for (std::int64_t j = 0; j < op.y.cols; ++j) dx[j] = F::derivative(y[j]) * dy[j];
    }
  });
}

template struct Kernel<BiasActivation>;
template struct Kernel<BiasActivationBackward>;

}  // namespace lacuna::cpu
