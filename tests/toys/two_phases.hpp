#pragma once

#include "runtime/layers/layers.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/optim/optimizer.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// x W + b in two phases: first W alone is fitted, with b at 0, then b alone.
class TwoPhases : public Model {
 public:
  TwoPhases(DeviceContext& context, std::int64_t inputs, DType dtype)
      : Model(dtype), layer_(context, dtype, "layer", inputs, 1) {}

  std::vector<Parameter*> parameters() override { return {&layer_.weight(), &layer_.bias()}; }
  std::unique_ptr<Learner> learner(const Training& training) override {
    return std::make_unique<Phases>(training, layer_);
  }
  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program& program, Output) override { return record(program, layer_); }

 private:
  static Variable record(Program& program, const Linear& layer) {
    const Variable x = program.input(program.batch().get<DenseField>("input").value);
    return layer.record(program, x, Activation::identity);
  }

  class Phases : public Learner {
   public:
    Phases(const Training& training, Linear& layer)
        : training_(training), layer_(layer), none_({}, {}) {
      start_phase(0);
    }

    void put_step(const StepInput*) override {
      program_->forward();
      program_->backward(training_.sync);
      training_.sync.finish();
      optimizer_->step(training_.clock, *program_, {.parameter = phase_ == 0 ? 0u : 1u});
    }
    std::vector<LossTerm> terms() const override { return terms_of({program_.get()}); }
    bool end_epoch(bool over) override { return over && phase_ == 0; }
    void start_phase(int phase) override {
      phase_ = phase;
      Parameter* trained = phase == 0 ? &layer_.weight() : &layer_.bias();
      Parameter* frozen = phase == 0 ? &layer_.bias() : &layer_.weight();
      program_ =
          std::make_unique<Program>(training_.context, trained->value.dtype(), training_.batch);
      program_->freeze(std::vector{frozen});
      ops::squared_error(*program_, program_->loss("loss", {.metric = &metric::rmse}),
                         record(*program_, layer_), training_.batch.get<DenseField>("target"),
                         nullptr);
      optimizer_ = std::make_unique<Optimizer>(training_.context, training_.config.optimizer,
                                               std::vector{trained}, none_);
    }
    std::string phase() const override { return phase_ == 0 ? "weight" : "bias"; }
    TensorFiles state() const override { return {{"optimizer", optimizer_->memory()}}; }
    void restore(std::int64_t steps) override { optimizer_->restore(steps); }

   private:
    Training training_;
    Linear& layer_;
    L2Penalty none_;
    int phase_ = 0;
    std::unique_ptr<Program> program_;
    std::unique_ptr<Optimizer> optimizer_;
  };

  Linear layer_;
};

}  // namespace lacuna::testing
