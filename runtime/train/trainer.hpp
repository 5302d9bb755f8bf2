#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "runtime/checkpoint/checkpoint.hpp"
#include "runtime/optim/optimizer.hpp"
#include "runtime/train/batch_source.hpp"
#include "runtime/train/captured_step.hpp"
#include "runtime/train/predictor.hpp"
#include "runtime/train/train_config.hpp"
#include "runtime/train/training_state.hpp"

namespace lacuna {

/// The weights after `epoch` passes over the training ratings. `loss` is the sum over the steps
/// that led to them, each of the weights before it; the validation error is theirs.
struct EpochReport {
  int epoch = 0;
  double loss = 0;        ///< data term, summed over the ratings
  double penalty = 0;     ///< L2 term
  double train_rmse = 0;  ///< sqrt(loss / ratings), not clipped
  double validation_rmse = 0;
  bool best = false;
  double rate = 1;     ///< share of the configured learning rate
  double seconds = 0;  ///< since the start
};

struct TrainResult {
  int epochs = 0;  ///< run
  int best_epoch = 0;
  double best_validation_rmse = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no epoch ended
  bool interrupted = false;
  double seconds = 0;
};

/// What surrounds a training. An epoch that is not complete does not count.
struct TrainHooks {
  std::function<void(const EpochReport&)> epoch;
  /// Asked after each step and each epoch, where Trainer::checkpoint() may be called; false: stop.
  std::function<bool()> go_on;
};

/// Training with the best epoch chosen on validation ratings. Input and target of a training step
/// are the training ratings of a batch of rows; validation rows are predicted from training cells
/// only.
class Trainer {
 public:
  Trainer(DeviceContext& context, Trainable<float>& model, const TrainConfig& config,
          const CsrMatrix<float>& train, const CsrMatrix<float>& validation, PredictionRule rule,
          std::uint64_t seed);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  /// Trains on to the end, then leaves the best weights in the model. No NaN or infinite gradient
  /// reaches the weights. Throws NonFiniteError for one, on the CPU after its step and on devices,
  /// which nobody waits for, after its epoch, and when a step has made the predictions so;
  /// restore_best() then gives the weights worth keeping.
  TrainResult run(const TrainHooks& hooks);

  /// Puts the best weights so far into the model; returns false where no epoch has ended.
  bool restore_best();

  /// Whether there is nothing left to train.
  bool finished() const;
  /// Whether no epoch is under way.
  bool between_epochs() const { return state_.batch == 0; }
  /// Steps taken; waits for the device.
  std::int64_t steps() const { return optimizer_.state().step; }

  /// All that training goes on from, on any device; waits for this one. Its tensors are the
  /// trainer's own. Throws NonFiniteError where a step was not taken.
  Checkpoint checkpoint() const;
  /// Goes on from a checkpoint; `seconds` were spent up to there. Throws IoError where it is
  /// another model's or optimiser's.
  void restore(const StoredCheckpoint& stored, double seconds);

  /// What is known so far.
  TrainResult result() const;

 private:
  /// False where it was asked to stop in the middle.
  bool run_epoch(const TrainHooks& hooks, EpochReport& report);
  void run_step(double rate);
  void put_step_on_stream();
  /// Throws where a step was not taken; waits for the device.
  StepsTaken check_steps(int epoch) const;
  void validate(EpochReport& report);
  void keep_best();
  /// Makes room for them where there is none yet.
  std::vector<NamedTensor>& best_weights();
  bool best_is_current() const { return state_.best_epoch == state_.epochs && state_.batch == 0; }

  DeviceContext& context_;
  TrainConfig config_;
  std::vector<Parameter*> parameters_;
  const CsrMatrix<float>& train_;
  std::vector<float> validation_ratings_;
  PredictionRule rule_;
  std::unique_ptr<BatchSource<float>> batches_;
  Batch<float> batch_;
  Program<float> program_;
  Predictor predictor_;
  L2Penalty penalty_;
  Optimizer<float> optimizer_;
  Schedule schedule_;
  CapturedStep step_;
  std::vector<NamedTensor> best_weights_;
  TrainingState state_;  // but step and loss_sum, which lie on the device
  double seconds_ = 0;
  bool interrupted_ = false;
};

}  // namespace lacuna
