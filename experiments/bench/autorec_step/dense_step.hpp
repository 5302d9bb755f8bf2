#pragma once

#include "experiments/bench/autorec_step/setting.hpp"
#include "experiments/bench/autorec_step/step_end.hpp"
#include "kernels/dense/gemm.hpp"

namespace lacuna::experiments::bench {

/// The other side: the same step as a careful user would write it on dense matrices with a mask.
/// Input and mask never change, hence they are made and normalised once; n rows, d columns:
///   H = f(X_SN W + b),  P = H V^T + c,  dP = 2 M (P - X),  loss = sum (M (P - X))^2,
///   dH = dP V,  dV = dP^T H,  dZ = dH f'(H),  dW = X_SN^T dZ,  db and dc column sums.
class DenseStep {
 public:
  DenseStep(DeviceContext& context, const RatingTask& task, const StepShape& shape);

  /// One step; returns the loss before it, with the penalty.
  double run();

  std::vector<Parameter*> parameters() { return model_->parameters(); }

  /// Seconds that the five matrix products of each run() took.
  const std::vector<double>& product_seconds() const { return product_seconds_; }

 private:
  void forward();
  double masked_error();
  void backward();
  void product(const Gemm<float>& op);

  DeviceContext& context_;
  std::unique_ptr<Model> model_;  // its parameters only
  GradientArena gradients_;
  Parameter& encoder_weight_;  // W [d, h]
  Parameter& encoder_bias_;    // b [h]
  Parameter& decoder_weight_;  // V [d, h]
  Parameter& decoder_bias_;    // c [d]
  StepEnd end_;
  Tensor rating_;           // X [n, d], 0 where missing
  Tensor mask_;             // M [n, d]
  Tensor normalized_;       // X_SN [n, d]
  Tensor hidden_;           // H [n, h]
  Tensor hidden_gradient_;  // dH, then dZ [n, h]
  Tensor prediction_;       // P, then dP [n, d]
  std::vector<double> product_seconds_;
};

}  // namespace lacuna::experiments::bench
