#pragma once

#include "kernels/sparse/csr_times_dense.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// A dense layer on sparse input rows: f(s (X W) + b), with Sparsity Normalization's s where it is
/// on. Parameters: "<name>.weight" [inputs, units], "<name>.bias" [units].
template <class T>
class SparseLinear {
 public:
  struct Settings {
    std::int64_t inputs = 0;
    std::int64_t units = 0;
    Activation activation = Activation::identity;
    SparsityNormalization normalization;
  };

  SparseLinear(DeviceContext& context, const std::string& name, const Settings& settings);
  SparseLinear(const SparseLinear&) = delete;  // recorded steps refer to it
  SparseLinear& operator=(const SparseLinear&) = delete;

  /// Records the layer on batch.input; returns its output [rows, units].
  Variable record(Program<T>& program, const Batch<T>& batch);

  Parameter& weight() { return weight_; }
  Parameter& bias() { return bias_; }

 private:
  Settings settings_;
  Parameter weight_;
  Parameter bias_;
};

}  // namespace lacuna
