// Stands in for the CUDA kernels in a build without the toolkit. DeviceContext refuses the device
// before any of them could be called.
#include "kernels/core/device_runtime.hpp"
#include "kernels/data/gather_dense.hpp"
#include "kernels/data/gather_elements.hpp"
#include "kernels/dense/add.hpp"
#include "kernels/dense/bias_activation.hpp"
#include "kernels/dense/dropout.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/impute.hpp"
#include "kernels/dense/random_fill.hpp"
#include "kernels/dense/reduce.hpp"
#include "kernels/dense/softmax.hpp"
#include "kernels/dense/softmax_cross_entropy.hpp"
#include "kernels/dense/squared_error.hpp"
#include "kernels/optim/adam.hpp"
#include "kernels/optim/gate_step.hpp"
#include "kernels/optim/gradient_norm.hpp"
#include "kernels/optim/rprop.hpp"
#include "kernels/optim/sgd_momentum.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"
#include "kernels/sparse/csr_times_dense.hpp"
#include "kernels/sparse/gather_rows.hpp"
#include "kernels/sparse/observed_loss.hpp"
#include "kernels/sparse/sort_by_column.hpp"
#include "kernels/sparse/sparsity_normalize.hpp"

namespace lacuna::cuda {

namespace {

[[noreturn]] void absent(const char* op) {
  throw DeviceError(std::string(op) + ": this build was made without the CUDA toolkit");
}

using Context = const ExecContext&;
using Parameters = std::span<const TrainedParameter<float>>;

}  // namespace

std::unique_ptr<DeviceRuntime> make_runtime() {
  absent("make_runtime");
}

DeviceReport report() {
  return {.toolkit = {},
          .driver = {},
          .devices = {},
          .problem = "this build was made without the CUDA toolkit"};
}

template <>
void sparsity_normalize(Context, const SparsityNormalize<float>&) {
  absent("sparsity_normalize");
}

template <>
void sparsity_normalize_backward(Context, const SparsityNormalizeBackward<float>&) {
  absent("sparsity_normalize_backward");
}

template <>
void csr_times_dense(Context, const CsrTimesDense<float>&) {
  absent("csr_times_dense");
}

template <>
void csr_times_dense_backward(Context, const CsrTimesDenseBackward<float>&) {
  absent("csr_times_dense_backward");
}

template <>
void observed_loss(Context, const ObservedLoss<float>&) {
  absent("observed_loss");
}

template <>
void observed_prediction(Context, const ObservedPrediction<float>&) {
  absent("observed_prediction");
}

template <>
void csc_gather_gradient(Context, const CscGatherGradient<float>&) {
  absent("csc_gather_gradient");
}

template <>
void gather_rows(Context, const GatherRows<float>&) {
  absent("gather_rows");
}

template <>
void sort_by_column(Context, const SortByColumn<float>&) {
  absent("sort_by_column");
}

template <>
void gemm(Context, const Gemm<float>&) {
  absent("gemm");
}

template <>
void bias_activation(Context, const BiasActivation<float>&) {
  absent("bias_activation");
}

template <>
void bias_activation_backward(Context, const BiasActivationBackward<float>&) {
  absent("bias_activation_backward");
}

template <>
void column_sum(Context, MatrixView<const float>, float*) {
  absent("column_sum");
}

template <>
void sum_of_squares(Context, std::span<const float>, double*) {
  absent("sum_of_squares");
}

template <>
void fill_uniform(Context, const RandomStream&, float, float, std::span<float>) {
  absent("fill_uniform");
}

template <>
void fill_normal(Context, const RandomStream&, float, float, std::span<float>) {
  absent("fill_normal");
}

template <>
void adam(Context, const AdamSettings&, const StepState*, Parameters) {
  absent("adam");
}

template <>
void sgd_momentum(Context, const SgdSettings&, const StepState*, Parameters) {
  absent("sgd_momentum");
}

template <>
void rprop(Context, const RPropSettings&, const StepState*, Parameters) {
  absent("rprop");
}

template <>
void gradient_norm(Context, const GradientNorm<float>&) {
  absent("gradient_norm");
}

template <>
void gate_step(Context, const GateStep<float>&) {
  absent("gate_step");
}

template <>
void gather_dense(Context, const GatherDense<float>&) {
  absent("gather_dense");
}

template <>
void gather_elements(Context, const GatherElements<float>&) {
  absent("gather_elements");
}

template <>
void impute(Context, const Impute<float>&) {
  absent("impute");
}

template <>
void dropout(Context, const Dropout<float>&) {
  absent("dropout");
}

template <>
void dropout_backward(Context, const DropoutBackward<float>&) {
  absent("dropout_backward");
}

template <>
void softmax(Context, const Softmax<float>&) {
  absent("softmax");
}

template <>
void softmax_cross_entropy(Context, const SoftmaxCrossEntropy<float>&) {
  absent("softmax_cross_entropy");
}

template <>
void squared_error(Context, const SquaredError<float>&) {
  absent("squared_error");
}

template <>
void add(Context, const Add<float>&) {
  absent("add");
}

}  // namespace lacuna::cuda
