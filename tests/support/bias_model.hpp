#pragma once

#include "runtime/train/gradient_learner.hpp"

namespace lacuna::testing {

/// The smallest model there is: predicts one trained number for every cell, whatever the input. Its
/// loss over the target's entries is the squared error.
class BiasModel : public Model {
 public:
  explicit BiasModel(DeviceContext& context, float initial = 0)
      : bias_(make_parameter(context, dtype(), "bias", ParameterKind::bias, {1})) {
    value() = initial;
  }

  float& value() { return bias_.value.data<float>()[0]; }
  std::vector<Parameter*> parameters() override { return {&bias_}; }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(), [this](Program& program) {
      record_loss(program, program.loss("loss", {.told = Told::sum, .metric = &metric::rmse}));
    });
  }

  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program& program, Output) override {
    const Variable prediction = program.entries(program.batch().get<SparseField>("target"));
    program.record("bias", [this, prediction](const ExecContext&) {
      for (float& predicted : prediction.tensor().span<float>()) predicted = value();
    });
    return prediction;
  }

 private:
  void record_loss(Program& program, const LossTerm& loss) {
    const SparseField& target = program.batch().get<SparseField>("target");
    const GradientShare share = program.share(program.of(bias_));
    program.record(
        "bias_loss",
        [this, &target, &loss](const ExecContext&) {
          *loss.sums = {};
          for (const float actual : values(target)) {
            const double error = static_cast<double>(value()) - static_cast<double>(actual);
            loss.sums->sum += error * error;
            loss.sums->count += 1;
          }
        },
        [this, &target, share](const ExecContext&) {
          float gradient = 0;
          for (const float actual : values(target)) gradient += 2 * (value() - actual);
          share.data<float>()[0] = gradient;
        });
  }

  static std::span<const float> values(const SparseField& target) {
    const CsrView<float>& cells = target.view<float>().by_row;
    return {cells.value + cells.first, static_cast<std::size_t>(cells.nnz)};
  }

  Parameter bias_;
};

}  // namespace lacuna::testing
