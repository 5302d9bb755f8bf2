#include "runtime/train/gradient_learner.hpp"

#include <optional>

#include "runtime/optim/optimizer.hpp"
#include "runtime/optim/weight_average.hpp"

namespace lacuna {

namespace {

class GradientLearner final : public Learner {
 public:
  GradientLearner(const Training& training, std::vector<Parameter*> parameters,
                  const std::function<void(Program&)>& record)
      : context_(training.context),
        clock_(training.clock),
        sync_(training.sync),
        program_(training.context, parameters.at(0)->value.dtype(), training.batch),
        penalty_(training.config.l2, parameters),
        optimizer_(training.context, training.config.optimizer, parameters, penalty_,
                   training.config.largest_gradient_norm) {
    if (training.config.weight_average > 0) {
      average_.emplace(context_, training.config.weight_average, std::move(parameters));
    }
    record(program_);
    program_.seal();
  }

  void put_step(const StepInput*) override {
    program_.forward();
    program_.backward(sync_);
    sync_.finish();
    optimizer_.step(clock_, program_);
    program_.commit(clock_.data());
    if (average_) average_->step(clock_);
  }

  Program* lender() override { return program_.lends() && !average_ ? &program_ : nullptr; }
  std::vector<LossTerm> terms() const override { return terms_of({&program_}); }
  TensorFiles state() const override {
    TensorFiles files = program_.kept();
    files["optimizer"] = optimizer_.memory();
    if (average_) files["average"] = average_->memory();
    return files;
  }
  bool judges_averages() const override { return average_.has_value(); }
  void swap_averages() override {
    if (average_) average_->swap();
  }
  void restore(std::int64_t steps) override { optimizer_.restore(steps); }
  void measure_penalty() override { penalty_.measure(context_); }
  double penalty() const override { return penalty_.value(); }

 private:
  DeviceContext& context_;
  TrainingClock& clock_;
  GradientSync& sync_;
  Program program_;
  L2Penalty penalty_;
  Optimizer optimizer_;
  std::optional<WeightAverage> average_;
};

}  // namespace

std::unique_ptr<Learner> gradient_learner(const Training& training,
                                          std::vector<Parameter*> parameters,
                                          const std::function<void(Program&)>& record) {
  return std::make_unique<GradientLearner>(training, std::move(parameters), record);
}

}  // namespace lacuna
