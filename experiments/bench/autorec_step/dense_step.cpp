#include "experiments/bench/autorec_step/dense_step.hpp"

#include <chrono>

#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/reduce.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr Activation activation = Activation::sigmoid;

/// Writes ratings and mask of every observed cell.
void densify(const CsrView<float>& sparse, const Tensor& rating, const Tensor& mask) {
  for (std::int64_t r = 0; r < sparse.rows; ++r) {
    for (std::int64_t e = sparse.row_ptr[r]; e < sparse.row_ptr[r + 1]; ++e) {
      rating.matrix<float>().row(r)[sparse.col[e]] = sparse.value[e];
      mask.matrix<float>().row(r)[sparse.col[e]] = 1;
    }
  }
}

}  // namespace

DenseStep::DenseStep(DeviceContext& context, const StepData& data, const StepShape& shape)
    : context_(context),
      model_(make_model(context, model_of(shape), data.facts(), step_seed)),
      gradients_(context, model_->parameters()),
      encoder_weight_(*model_->parameters()[0]),
      encoder_bias_(*model_->parameters()[1]),
      decoder_weight_(*model_->parameters()[2]),
      decoder_bias_(*model_->parameters()[3]),
      end_(context, model_->parameters()) {
  const Shape cells{data.train.rows(), data.train.cols()};
  const Shape units{data.train.rows(), shape.units};
  for (Tensor* tensor : {&rating_, &mask_, &normalized_, &prediction_}) {
    *tensor = Tensor::zeros(context.pool(), DType::f32, cells);
  }
  for (Tensor* tensor : {&hidden_, &hidden_gradient_}) {
    *tensor = Tensor::zeros(context.pool(), DType::f32, units);
  }
  densify(data.train.view<float>(), rating_, mask_);
  const Tensor scale = Tensor::zeros(context.pool(), DType::f32, {cells[0]});
  sparsity_normalize<float>(context.exec(), {.x = rating_.matrix<float>(),
                                             .mask = mask_.matrix<float>(),
                                             .normalization = models::sparse_scale(
                                                 model_of(shape).input, data.facts(), shape.units),
                                             .y = normalized_.matrix<float>(),
                                             .scale = scale.data<float>()});
}

double DenseStep::run() {
  product_seconds_.push_back(0);
  forward();
  const double loss = masked_error();
  backward();
  return end_.run(loss);
}

void DenseStep::forward() {
  const MatrixView<float> hidden = hidden_.matrix<float>();
  product(
      {.a = normalized_.matrix<float>(), .b = encoder_weight_.value.matrix<float>(), .c = hidden});
  bias_activation<float>(context_.exec(), {.x = hidden,
                                           .bias = encoder_bias_.value.data<float>(),
                                           .activation = activation,
                                           .y = hidden});
  product({.a = hidden,
           .b = decoder_weight_.value.matrix<float>(),
           .c = prediction_.matrix<float>(),
           .transpose_b = Transpose::yes});
}

// Bias, error, loss and gradient in one visit of the largest matrices.
double DenseStep::masked_error() {
  const MatrixView<float> prediction = prediction_.matrix<float>();
  const float* bias = decoder_bias_.value.data<float>();
  double loss = 0;
#pragma omp parallel for num_threads(context_.exec().threads) reduction(+ : loss)
  for (std::int64_t r = 0; r < prediction.rows; ++r) {
    float* p = prediction.row(r);
    const float* rating = rating_.data<float>() + r * prediction.cols;
    const float* mask = mask_.data<float>() + r * prediction.cols;
#pragma omp simd reduction(+ : loss)
    for (std::int64_t j = 0; j < prediction.cols; ++j) {
      const float error = mask[j] * (p[j] + bias[j] - rating[j]);
      loss += static_cast<double>(error) * static_cast<double>(error);
      p[j] = 2 * error;
    }
  }
  return loss;
}

void DenseStep::backward() {
  const MatrixView<float> dp = prediction_.matrix<float>();
  const MatrixView<float> hidden = hidden_.matrix<float>();
  const MatrixView<float> dh = hidden_gradient_.matrix<float>();
  product({.a = dp, .b = decoder_weight_.value.matrix<float>(), .c = dh});
  product({.a = dp,
           .b = hidden,
           .c = decoder_weight_.gradient.matrix<float>(),
           .transpose_a = Transpose::yes});
  column_sum<float>(context_.exec(), {.x = dp, .sum = decoder_bias_.gradient.data<float>()});
  bias_activation_backward<float>(context_.exec(),
                                  {.y = hidden,
                                   .dy = dh,
                                   .activation = activation,
                                   .dx = dh,
                                   .bias_gradient = encoder_bias_.gradient.data<float>()});
  product({.a = normalized_.matrix<float>(),
           .b = dh,
           .c = encoder_weight_.gradient.matrix<float>(),
           .transpose_a = Transpose::yes});
}

void DenseStep::product(const Gemm<float>& op) {
  const auto start = std::chrono::steady_clock::now();
  gemm<float>(context_.exec(), op);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  product_seconds_.back() += taken.count();
}

}  // namespace lacuna::experiments::bench
