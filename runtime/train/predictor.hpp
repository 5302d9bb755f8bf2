#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/train/batches.hpp"
#include "runtime/train/model.hpp"

namespace lacuna {

/// A model applied to rows, some thousands at a time, fewer where the values of its layers would
/// take more than 256 MB.
class Predictor {
 public:
  /// Refers to the model and to what `data` holds. Throws ConfigError where the model does not
  /// offer the output.
  Predictor(DeviceContext& context, Model& model, const DeviceRows& data,
            Output output = Output::prediction);
  Predictor(const Predictor&) = delete;
  Predictor& operator=(const Predictor&) = delete;

  /// What the model records as its output: for all rows, or for all entries of the field it
  /// predicts, in their order; valid until the next call. Rounded to float.
  std::span<float> predict();

  /// Elements of the output for a row or an entry.
  std::int64_t columns() const { return output_.columns(); }

 private:
  DeviceContext& context_;
  Batches batches_;
  TrainingClock clock_;
  Program program_;
  Variable output_;
  std::vector<float> prediction_;
};

}  // namespace lacuna
