#pragma once

#include "runtime/layers/layers.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::testing {

/// x W + b under the squared error, at first 0: trained, it is the least squares fit.
class LinearRegression : public Model {
 public:
  LinearRegression(DeviceContext& context, std::int64_t inputs, DType dtype)
      : Model(dtype), layer_(context, dtype, "layer", inputs, 1) {}

  std::vector<Parameter*> parameters() override { return {&layer_.weight(), &layer_.bias()}; }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(), [this](Program& program) {
      ops::squared_error(program, program.loss("loss", {.metric = &metric::rmse}),
                         record(program, Output::prediction),
                         program.batch().get<DenseField>("target"), nullptr);
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
