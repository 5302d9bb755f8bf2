#pragma once

#include "runtime/layers/parameter.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/sparse_ops.hpp"

/// Parameters with the ops that use them.
namespace lacuna {

/// A dense layer f(X W + b). Parameters: "<name>.weight" [inputs, units] and, unless it has no
/// biases, "<name>.bias" [units].
class Linear {
 public:
  Linear(DeviceContext& context, DType dtype, const std::string& name, std::int64_t inputs,
         std::int64_t units, bool biased = true);
  Linear(const Linear&) = delete;  // programs refer to its parameters
  Linear& operator=(const Linear&) = delete;

  /// On dense rows [rows, inputs]: [rows, units].
  Variable record(Program& program, const Variable& x, Activation activation) const {
    const Variable bias = biased() ? program.of(bias_) : Variable();
    return ops::linear(program, x, program.of(weight_), bias, activation);
  }
  /// On sparse rows, with Sparsity Normalization where it is on.
  Variable record(Program& program, const SparseField& x,
                  const SparsityNormalization& normalization, Activation activation) const {
    return ops::sparse_linear(program, x, program.of(weight_), program.of(bias_), normalization,
                              activation);
  }

  Parameter& weight() { return weight_; }
  const Parameter& weight() const { return weight_; }
  Parameter& bias() { return bias_; }
  const Parameter& bias() const { return bias_; }
  bool biased() const { return bias_.value.defined(); }

 private:
  Parameter weight_;
  Parameter bias_;
};

/// A linear output layer evaluated at observed cells only. Its weight is kept a row per output, so
/// that a cell reads one contiguous row: "<name>.weight" [outputs, units], "<name>.bias" [outputs].
class ObservedDecoder {
 public:
  ObservedDecoder(DeviceContext& context, DType dtype, const std::string& name,
                  std::int64_t outputs, std::int64_t units);
  ObservedDecoder(const ObservedDecoder&) = delete;  // programs refer to its parameters
  ObservedDecoder& operator=(const ObservedDecoder&) = delete;

  /// The squared error at the entries of `target`.
  void record_loss(Program& program, const LossTerm& loss, const SparseField& target,
                   const Variable& hidden) const {
    ops::observed_loss(program, loss, target, hidden, program.of(weight_), program.of(bias_));
  }
  /// The predictions at the entries of `cells`, in their order.
  Variable record_prediction(Program& program, const SparseField& cells,
                             const Variable& hidden) const {
    return ops::observed_prediction(program, cells, hidden, program.of(weight_), program.of(bias_));
  }
  /// The predictions of all outputs: [rows, outputs].
  Variable record_all(Program& program, const Variable& hidden) const {
    return ops::linear_transposed(program, hidden, program.of(weight_), program.of(bias_),
                                  Activation::identity);
  }

  Parameter& weight() { return weight_; }
  Parameter& bias() { return bias_; }

 private:
  Parameter weight_;
  Parameter bias_;
};

}  // namespace lacuna
