#pragma once

#include <memory>
#include <vector>

#include "runtime/metrics/codes.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

/// What a model makes of rows, by its weights of now. Spans are valid until the next call.
class RowOutputs {
 public:
  /// Refers to the model and to what `rows` holds. Throws ConfigError where the model has no codes.
  RowOutputs(DeviceContext& context, Model& model, const DeviceRows& rows);

  std::span<const float> codes() { return code_->predict(); }
  std::int64_t units() const { return code_->columns(); }
  /// Empty where the model does not have it.
  std::span<const float> reconstruction() { return of(reconstruction_); }
  std::span<const float> pseudo_likelihood() { return of(pseudo_likelihood_); }

 private:
  static std::span<const float> of(const std::unique_ptr<Predictor>& predictor) {
    return predictor ? predictor->predict() : std::span<const float>();
  }

  std::unique_ptr<Predictor> code_;
  std::unique_ptr<Predictor> reconstruction_;
  std::unique_ptr<Predictor> pseudo_likelihood_;
};

}  // namespace lacuna::experiments
