#pragma once

#include <vector>

#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// What a model offers to the trainer. Its parameters keep their addresses while it lives.
template <class T>
class Trainable {
 public:
  virtual ~Trainable() = default;

  virtual std::vector<Parameter*> parameters() = 0;

  /// Records the loss over batch.target, given batch.input.
  virtual void record_loss(Program<T>& program, const Batch<T>& batch) = 0;

  /// Records predictions of the entries of batch.target, in their order: [capacity entries].
  virtual Tensor record_prediction(Program<T>& program, const Batch<T>& batch) = 0;
};

}  // namespace lacuna
