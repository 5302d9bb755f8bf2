#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "runtime/optim/optimizer.hpp"
#include "runtime/train/batch_source.hpp"
#include "runtime/train/captured_step.hpp"
#include "runtime/train/predictor.hpp"
#include "runtime/train/train_config.hpp"

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

/// What surrounds a training: hears of each epoch, and may ask to stop after a step. An epoch that
/// is not complete does not count.
struct TrainHooks {
  std::function<void(const EpochReport&)> epoch;
  std::function<bool()> stop_requested;
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

  /// Trains, then leaves the best weights in the model. No NaN or infinite gradient reaches the
  /// weights. Throws NonFiniteError for one, on the CPU after its step and on devices, which nobody
  /// waits for, after its epoch, and when a step has made the predictions so;
  /// restore_best() then gives the weights worth keeping.
  TrainResult run(const TrainHooks& hooks);

  /// Puts the best weights so far into the model; returns false where no epoch has ended.
  bool restore_best();

  /// What is known so far.
  const TrainResult& result() const { return result_; }

 private:
  /// False where it was asked to stop in the middle.
  bool run_epoch(const TrainHooks& hooks, EpochReport& report);
  void run_step(std::int64_t batch, double rate);
  void put_step_on_stream();
  /// Throws where a step was not taken; waits for the device.
  StepState check_steps(int epoch) const;
  void validate(EpochReport& report);
  void keep_best();

  DeviceContext& context_;
  TrainConfig config_;
  std::vector<Parameter*> parameters_;
  const CsrMatrix<float>& train_;
  std::vector<float> validation_ratings_;
  PredictionRule rule_;
  std::unique_ptr<BatchSource<float>> batches_;
  std::int64_t batch_index_ = 0;
  Batch<float> batch_;
  Program<float> program_;
  Predictor predictor_;
  L2Penalty penalty_;
  Optimizer<float> optimizer_;
  Schedule schedule_;
  CapturedStep step_;
  std::vector<Tensor> best_weights_;
  double best_raw_rmse_ = std::numeric_limits<double>::infinity();
  int last_progress_ = 0;
  TrainResult result_;
};

}  // namespace lacuna
