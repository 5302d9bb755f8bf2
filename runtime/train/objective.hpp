#pragma once

#include "runtime/train/batches.hpp"
#include "runtime/train/model.hpp"
#include "runtime/train/training_clock.hpp"

namespace lacuna {

/// A model's loss on rows that it is not trained on, nothing dropped: the weighted sum of its
/// terms, as they are told.
class Objective {
 public:
  /// Refers to the model and to what `rows` holds, which are dense. Throws std::logic_error where
  /// the model has no objective.
  Objective(DeviceContext& context, Model& model, const DeviceRows& rows);
  Objective(const Objective&) = delete;
  Objective& operator=(const Objective&) = delete;

  /// Of the weights of now; waits for the device.
  double value();

 private:
  DeviceContext& context_;
  Batches batches_;
  TrainingClock clock_;
  Program program_;
};

}  // namespace lacuna
