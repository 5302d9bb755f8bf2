#pragma once

#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// A linear output layer evaluated at observed cells only. Its weight is kept a row per output, so
/// that a cell reads one contiguous row: "<name>.weight" [outputs, units], "<name>.bias" [outputs].
template <class T>
class ObservedDecoder {
 public:
  ObservedDecoder(DeviceContext& context, const std::string& name, std::int64_t outputs,
                  std::int64_t units);
  ObservedDecoder(const ObservedDecoder&) = delete;  // recorded steps refer to it
  ObservedDecoder& operator=(const ObservedDecoder&) = delete;

  /// Records the squared error over batch.target; program.loss() receives it.
  void record_loss(Program<T>& program, const Batch<T>& batch, const Variable& hidden);

  /// Records the predictions at the entries of batch.target, in their order: [capacity entries].
  Tensor record_prediction(Program<T>& program, const Batch<T>& batch, const Variable& hidden);

  Parameter& weight() { return weight_; }
  Parameter& bias() { return bias_; }

 private:
  Parameter weight_;
  Parameter bias_;
};

}  // namespace lacuna
