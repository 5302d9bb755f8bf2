// What a training goes on from.
#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/train/lent_step.hpp"
#include "runtime/train/trainer.hpp"

namespace lacuna {

Checkpoint Trainer::checkpoint() const {
  TrainingState state = state_;
  const TrainingClock::Reading reading = clock_.read();
  check_steps(reading.clock, state_.epochs + 1);
  state.penalty = penalty();
  state.losses.clear();
  const std::vector<LossTerm> terms = learner_->terms();
  for (std::size_t i = 0; i < terms.size(); ++i) {
    state.losses[terms[i].name] = {reading.sums[i].sum, reading.sums[i].count};
  }
  state.stagnant = schedule_.plateau().stagnant;
  state.plateau_rate = schedule_.plateau().rate;
  Checkpoint checkpoint{.state = to_json(state), .files = learner_->state()};
  checkpoint.files["weights"] = tensors_;
  if (!best_weights_.empty() && !best_is_current()) checkpoint.files["best"] = best_weights_;
  return checkpoint;
}

void Trainer::restore(const StoredCheckpoint& stored, double seconds) {
  try {
    state_ = read_training_state(stored.state());
  } catch (const ConfigError& error) {
    throw IoError(fmt::format("{}: {}", stored.folder().string(), error.what()));
  }
  if (state_.batch > 0 && state_.batch >= batches_.count()) {
    throw IoError(fmt::format("{}: stands at batch {} of an epoch that has {}",
                              stored.folder().string(), state_.batch, batches_.count()));
  }
  if (state_.phase > 0) learner_->start_phase(state_.phase);
  stored.load("weights", tensors_);
  if (Program* steps = lender_of(batches_, *learner_)) steps->fall_back();
  penalty_measured_ = false;
  for (const auto& [file, tensors] : learner_->state()) stored.load(file, tensors);
  if (state_.best_epoch > 0) {
    stored.holds("best") ? stored.load("best", best_weights()) : keep_best();
  }
  learner_->restore(state_.step - state_.phase_steps);
  restore_sums();
  schedule_.restore({state_.stagnant, state_.plateau_rate});
  seconds_ = seconds;
}

void Trainer::restore_sums() {
  if (state_.batch == 0) return;
  std::vector<LossSum> sums;
  for (const LossTerm& term : learner_->terms()) {
    const auto found = state_.losses.find(term.name);
    if (found == state_.losses.end()) {
      throw IoError(
          fmt::format("the checkpoint after {} steps has no loss '{}': it is another "
                      "model's or learner's",
                      state_.step, term.name));
    }
    const StoredSum& stored = found->second;
    const auto entries = [&] {
      return static_cast<double>(
          batches_.entries_before(state_.epochs + 1, state_.batch, "target"));
    };
    sums.push_back({stored.sum, stored.count ? *stored.count : entries()});
  }
  clock_.restore_sums(sums);
}

}  // namespace lacuna
