#pragma once

#include "kernels/core/activation.hpp"
#include "kernels/core/sparsity.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// A dense layer f(X W + b). Parameters: "<name>.weight" [inputs, units], "<name>.bias" [units].
template <class T>
class Linear {
 public:
  Linear(DeviceContext& context, const std::string& name, std::int64_t inputs, std::int64_t units,
         Activation activation);
  Linear(const Linear&) = delete;  // recorded steps refer to it
  Linear& operator=(const Linear&) = delete;

  Variable record(Program<T>& program, const Batch<T>& batch, const Variable& x);

  Parameter& weight() { return weight_; }
  Parameter& bias() { return bias_; }

 private:
  Activation activation_;
  Parameter weight_;
  Parameter bias_;
};

/// Sparsity Normalization of dense rows; `mask` [capacity rows, d] is a 0/1 tensor for
/// CountBy::mask and undefined for CountBy::non_zeros.
template <class T>
Variable record_sparsity_normalize(Program<T>& program, const Batch<T>& batch, const Variable& x,
                                   const Tensor& mask, const SparsityNormalization& normalization);

}  // namespace lacuna
