#include "kernels/sparse/observed_loss.hpp"

#include "kernels/core/dispatch.hpp"

namespace lacuna {

template <class T>
void observed_loss(const ExecContext& ctx, const ObservedLoss<T>& op) {
  dispatch<T>(
      "observed_loss", ctx, [&] { cpu::observed_loss(ctx, op); },
      [&] { cuda::observed_loss(ctx, op); }, [&] { emulated::observed_loss(ctx, op); });
}

template <class T>
void observed_prediction(const ExecContext& ctx, const ObservedPrediction<T>& op) {
  dispatch<T>(
      "observed_prediction", ctx, [&] { cpu::observed_prediction(ctx, op); },
      [&] { cuda::observed_prediction(ctx, op); }, [&] { emulated::observed_prediction(ctx, op); });
}

template void observed_loss(const ExecContext&, const ObservedLoss<float>&);
template void observed_loss(const ExecContext&, const ObservedLoss<double>&);
template void observed_prediction(const ExecContext&, const ObservedPrediction<float>&);
template void observed_prediction(const ExecContext&, const ObservedPrediction<double>&);

}  // namespace lacuna
