#pragma once

#include "runtime/layers/layers.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::testing {

/// x W + b, at first 0, under two terms: "near", the mean squared error to "target", and "far", a
/// quarter of the squared error to "other", whose rows "weight" weighs, told as their sum.
class TwoTerms : public Model {
 public:
  TwoTerms(DeviceContext& context, std::int64_t inputs, DType dtype)
      : Model(dtype), layer_(context, dtype, "layer", inputs, 1) {}

  std::vector<Parameter*> parameters() override { return {&layer_.weight(), &layer_.bias()}; }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(), [this](Program& program) {
      const Variable prediction = record(program, Output::prediction);
      const Batch& batch = program.batch();
      ops::squared_error(program, program.loss("near", {.metric = &metric::rmse}), prediction,
                         batch.get<DenseField>("target"), nullptr);
      ops::squared_error(program, program.loss("far", {.weight = 0.25, .told = Told::sum}),
                         prediction, batch.get<DenseField>("other"),
                         &batch.get<DenseField>("weight"));
    });
  }

  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program& program, Output) override {
    const Variable x = program.input(program.batch().get<DenseField>("input").value);
    return layer_.record(program, x, Activation::identity);
  }

 private:
  Linear layer_;
};

}  // namespace lacuna::testing
