#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runtime/checkpoint/checkpoint.hpp"
#include "runtime/optim/schedule.hpp"
#include "runtime/train/batches.hpp"
#include "runtime/train/captured_step.hpp"
#include "runtime/train/epoch_report.hpp"
#include "runtime/train/model.hpp"
#include "runtime/train/training_state.hpp"
#include "runtime/train/validation.hpp"

namespace lacuna {

/// What surrounds a training. An epoch that is not complete does not count.
struct TrainHooks {
  std::function<void(const EpochReport&)> epoch;  ///< the model has the weights that were judged
  /// Asked after each step and each epoch, where Trainer::checkpoint() may be called; false: stop.
  std::function<bool()> should_continue;
};

/// Epochs, capture, validation, patience, the best epoch, checkpoints: what a training is whatever
/// its steps do, which is the learner's business. Where the loss is a sum over rows, the steps of
/// an epoch together carry the L2 penalty once; where it is a mean, each of them does: in both,
/// lambda means the same for any size of batches.
class Trainer {
 public:
  /// Refers to the model and to what `rows` holds. Without scores the last epoch is the best.
  Trainer(DeviceContext& context, Model& model, const TrainConfig& config, const DeviceRows& rows,
          Validate validate, std::uint64_t seed);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// Trains on to the end, then leaves the best weights in the model. No NaN or infinite gradient
  /// gets through an Optimizer. Throws NonFiniteError for one, on the CPU after its step and on
  /// devices, which nobody waits for, after its epoch, and when a step has made the predictions so;
  /// restore_best() then gives the weights worth keeping.
  TrainResult run(const TrainHooks& hooks);

  /// Puts the best weights so far into the model; returns false where no epoch has ended.
  bool restore_best();

  /// Whether there is nothing left to train.
  bool finished() const;
  /// Whether no epoch is under way.
  bool between_epochs() const { return state_.batch == 0; }
  /// Steps taken.
  std::int64_t steps() const { return state_.step; }

  /// All that training goes on from, on any device; waits for this one. Its tensors are the
  /// trainer's own. Throws NonFiniteError where a step was not taken.
  Checkpoint checkpoint() const;
  /// Goes on from a checkpoint; `seconds` were spent up to there. Throws IoError where it is
  /// another model's or learner's.
  void restore(const StoredCheckpoint& stored, double seconds);

  /// What is known so far.
  TrainResult result() const;

 private:
  /// False where it was asked to stop in the middle.
  bool run_epoch(const TrainHooks& hooks, EpochReport& report);
  void begin_epoch(EpochReport& report);
  void run_step(double rate);
  /// Judges an epoch whose steps are on the stream, and waits for it.
  void end_steps(EpochReport& report);
  /// Throws where a step was not taken.
  void check_steps(const Clock& clock, int epoch) const;
  /// That on the weights before the epoch.
  double penalty() const;
  /// Whether the loss still changes, where a threshold says what that is.
  void watch_loss(const EpochReport& report);
  void take(const Validation& validation, EpochReport& report);
  void judge(const Validation& validation, EpochReport& report);
  void judge_initial_weights();
  void end_epoch();
  void restore_sums();
  void keep_best();
  /// Makes room for them where there is none yet.
  std::vector<NamedTensor>& best_weights();
  /// Whether the weights are those of the best epoch.
  bool best_is_current() const {
    return state_.best_epoch == state_.epochs && state_.batch == 0 && !learner_->judges_averages();
  }

  DeviceContext& context_;
  TrainConfig config_;
  std::vector<NamedTensor> tensors_;  // of the model
  std::int64_t rows_;
  GradientArena gradients_;
  Batches batches_;
  TrainingClock clock_;
  NoSync sync_;
  std::unique_ptr<Learner> learner_;
  Validate validate_;
  Schedule schedule_;
  std::map<std::int64_t, CapturedStep> captured_;  // by the batch's rows
  Capture capture_ = Capture::keep;
  std::vector<NamedTensor> best_weights_;
  TrainingState state_;            // but the losses, which lie on the device
  bool sums_ = false;              // the loss is a sum over rows
  bool penalty_measured_ = false;  // of the epoch under way; else state_ has it
  double seconds_ = 0;
  bool interrupted_ = false;
};

}  // namespace lacuna
