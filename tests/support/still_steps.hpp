#pragma once

#include <vector>

#include "runtime/layers/parameter.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// A model's own steps at a learning rate of 0: they leave its losses and gradients, and the
/// weights as they are.
class StillSteps {
 public:
  /// Refers to all but the configuration.
  StillSteps(DeviceContext& context, Model& model, const Batch& batch)
      : parameters_(model.parameters()),
        gradients_(context, parameters_),
        clock_(context.pool(), Program::most_terms),
        learner_(model.learner({context, config_, batch, clock_, sync_, 0})) {}
  StillSteps(const StillSteps&) = delete;  // the learner refers to it
  StillSteps& operator=(const StillSteps&) = delete;

  /// For the batch as it stands; returns its first loss's sum.
  double run() {
    clock_.clear_sums();
    learner_->put_step(clock_.input());
    return clock_.read().sums.at(0).sum;
  }
  /// For batch `index` of the epoch.
  double run(const ExecContext& ctx, Batches& batches, std::int64_t index) {
    clock_.prepare(ctx, {.batch = index});
    batches.put(ctx, clock_.input(), index);
    return run();
  }

  template <class T>
  std::vector<std::vector<T>> gradients() const {
    std::vector<std::vector<T>> all;
    for (const Parameter* p : parameters_) all.push_back(p->gradient.template to_host<T>());
    return all;
  }

 private:
  std::vector<Parameter*> parameters_;
  GradientArena gradients_;
  TrainConfig config_{
      .optimizer = SgdConfig{.learning_rate = 0, .momentum = 0}, .schedule = {}, .l2 = {}};
  TrainingClock clock_;
  NoSync sync_;
  std::unique_ptr<Learner> learner_;
};

}  // namespace lacuna::testing
