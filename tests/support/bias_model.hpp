#pragma once

#include "runtime/train/trainable.hpp"

namespace lacuna::testing {

/// The smallest model there is: predicts one trained number for every cell, whatever the input. Its
/// loss over the target's entries is the squared error.
class BiasModel : public Trainable<float> {
 public:
  explicit BiasModel(DeviceContext& context, float initial = 0)
      : bias_(make_parameter<float>(context, "bias", ParameterKind::bias, {1})) {
    value() = initial;
  }

  float& value() { return bias_.value.data<float>()[0]; }
  std::vector<Parameter*> parameters() override { return {&bias_}; }

  void record_loss(Program<float>& program, const Batch<float>& batch) override {
    program.record(
        [this, &program, &batch](const ExecContext&) {
          LossSum& loss = *program.loss_slot();
          loss = {};
          for (const float actual : values(batch)) {
            const double error = static_cast<double>(value()) - static_cast<double>(actual);
            loss.sum += error * error;
            ++loss.count;
          }
        },
        [this, &batch](const ExecContext&) {
          float gradient = 0;
          for (const float actual : values(batch)) gradient += 2 * (value() - actual);
          bias_.gradient.data<float>()[0] = gradient;
        });
  }

  Tensor record_prediction(Program<float>& program, const Batch<float>&) override {
    const Tensor prediction = program.buffer({program.capacity().target_entries});
    program.record([this, prediction](const ExecContext&) {
      for (float& predicted : prediction.span<float>()) predicted = value();
    });
    return prediction;
  }

 private:
  static std::span<const float> values(const Batch<float>& batch) {
    const CsrView<float>& target = batch.target.by_row;
    return {target.value + target.first, static_cast<std::size_t>(target.nnz)};
  }

  Parameter bias_;
};

}  // namespace lacuna::testing
