#include "runtime/train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"
#include "runtime/error.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna {

namespace {

constexpr const char* advice =
    "Lower train.optimizer.learning_rate, or look for extreme values in the data";

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Trainer::Trainer(DeviceContext& context, Trainable<float>& model, const TrainConfig& config,
                 const CsrMatrix<float>& train, const CsrMatrix<float>& validation,
                 PredictionRule rule, std::uint64_t seed)
    : context_(context),
      config_(config),
      parameters_(model.parameters()),
      train_(train),
      validation_ratings_(validation.host_values()),
      rule_(rule),
      batches_(make_batch_source(context, train, config.batch_size, seed)),
      program_(context, batches_->capacity()),
      predictor_(context, model, train, validation),
      penalty_(config.l2, parameters_),
      optimizer_(context, config.optimizer, parameters_, penalty_, config.largest_gradient_norm),
      schedule_(config.schedule, config.epochs),
      step_(
          context, [this] { put_step_on_stream(); }, config.cuda_graph) {
  model.record_loss(program_, batch_);
}

TrainResult Trainer::run(const TrainHooks& hooks) {
  const auto start = std::chrono::steady_clock::now();
  const double before = seconds_;
  interrupted_ = false;
  while (!interrupted_ && !finished()) {
    EpochReport report;
    report.epoch = state_.epochs + 1;
    interrupted_ = !run_epoch(hooks, report);
    seconds_ = before + seconds_since(start);
    if (interrupted_) break;
    validate(report);
    state_.epochs = report.epoch;
    state_.batch = 0;
    report.seconds = seconds_ = before + seconds_since(start);
    if (hooks.epoch) hooks.epoch(report);
    interrupted_ = hooks.go_on && !hooks.go_on() && !finished();
  }
  restore_best();
  return result();
}

bool Trainer::finished() const {
  const bool stagnant =
      config_.patience > 0 && state_.epochs - state_.last_progress >= config_.patience;
  return stagnant || state_.epochs >= config_.epochs;
}

TrainResult Trainer::result() const {
  TrainResult result{.epochs = state_.epochs,
                     .best_epoch = state_.best_epoch,
                     .interrupted = interrupted_,
                     .seconds = seconds_};
  if (state_.best_validation_rmse) result.best_validation_rmse = *state_.best_validation_rmse;
  return result;
}

bool Trainer::run_epoch(const TrainHooks& hooks, EpochReport& report) {
  report.rate = schedule_.rate(state_.epochs);
  batches_->start_epoch(report.epoch);
  if (state_.batch == 0) {
    state_.penalty = penalty_.value<float>(context_);
    optimizer_.clear_loss_sum();
  }
  report.penalty = state_.penalty;
  while (state_.batch < batches_->count()) {
    run_step(report.rate);
    if (context_.device() == Device::cpu) check_steps(report.epoch);
    // Devices are not waited for after each step, but often enough that a request to stop is heard.
    if (state_.batch % 32 == 31) context_.runtime().synchronize();
    ++state_.batch;
    const bool last = state_.batch == batches_->count();
    if (!last && hooks.go_on && !hooks.go_on()) return false;
  }
  report.loss = check_steps(report.epoch).loss_sum;
  report.train_rmse = std::sqrt(report.loss / static_cast<double>(train_.nnz()));
  return true;
}

void Trainer::run_step(double rate) {
  // An epoch's steps together carry the penalty once.
  const double share =
      static_cast<double>(batches_->rows(state_.batch)) / static_cast<double>(train_.rows());
  optimizer_.prepare({.rate = rate, .penalty_share = share, .batch = state_.batch});
  step_.run();
}

void Trainer::put_step_on_stream() {
  batches_->stage(context_.exec(), optimizer_.input());
  const SparseRows<float> rows = batches_->batch(state_.batch);
  batch_ = {rows.by_row.rows, rows, rows};
  program_.forward();
  program_.backward();
  optimizer_.step(program_.loss_slot());
}

StepsTaken Trainer::check_steps(int epoch) const {
  const StepsTaken state = optimizer_.state();
  if (state.stopped == 0) return state;
  const auto parameter = static_cast<std::size_t>(state.culprit);
  const std::string what = state.stopped == stopped_by_loss
                               ? "the loss"
                               : "the gradient of " + parameters_.at(parameter)->name;
  throw NonFiniteError(fmt::format(
      "epoch {}: {} is not finite; the weights stay at the step before. {}", epoch, what, advice));
}

// Predictions that start outside the range of the ratings are clipped to one value for many epochs:
// their raw error shows the progress that patience is to wait for.
void Trainer::validate(EpochReport& report) {
  const std::span<float> prediction = predictor_.predict();
  const double raw = metrics::rmse<float>(prediction, validation_ratings_);
  apply_rule(rule_, prediction);
  report.validation_rmse = metrics::rmse<float>(prediction, validation_ratings_);
  if (!std::isfinite(raw)) {
    throw NonFiniteError(fmt::format(
        "epoch {}: the step made the predictions infinite or NaN; the best weights before it are "
        "kept. {}",
        report.epoch, advice));
  }
  report.best =
      !state_.best_validation_rmse || report.validation_rmse < *state_.best_validation_rmse;
  const bool progress = report.best || raw < state_.best_raw_rmse;
  if (progress) state_.last_progress = report.epoch;
  schedule_.report(progress);
  state_.best_raw_rmse = state_.best_raw_rmse ? std::min(*state_.best_raw_rmse, raw) : raw;
  if (!report.best) return;
  state_.best_epoch = report.epoch;
  state_.best_validation_rmse = report.validation_rmse;
  keep_best();
}

std::vector<NamedTensor>& Trainer::best_weights() {
  for (std::size_t i = best_weights_.size(); i < parameters_.size(); ++i) {
    const Tensor& value = parameters_[i]->value;
    best_weights_.push_back(
        {parameters_[i]->name, Tensor::empty(context_.pool(), value.dtype(), value.shape())});
  }
  return best_weights_;
}

void Trainer::keep_best() {
  std::vector<NamedTensor>& best = best_weights();
  for (std::size_t i = 0; i < best.size(); ++i) copy(parameters_[i]->value, best[i].tensor);
}

bool Trainer::restore_best() {
  for (std::size_t i = 0; i < best_weights_.size(); ++i)
    copy(best_weights_[i].tensor, parameters_[i]->value);
  return !best_weights_.empty();
}

Checkpoint Trainer::checkpoint() const {
  TrainingState state = state_;
  const StepsTaken steps = check_steps(state_.epochs + 1);
  state.step = steps.step;
  state.loss_sum = steps.loss_sum;
  state.stagnant = schedule_.plateau().stagnant;
  state.plateau_rate = schedule_.plateau().rate;
  Checkpoint checkpoint{
      .state = config::to_json(state),
      .files = {{"weights", values_of(parameters_)}, {"optimizer", optimizer_.memory()}}};
  if (!best_weights_.empty() && !best_is_current()) checkpoint.files["best"] = best_weights_;
  return checkpoint;
}

void Trainer::restore(const StoredCheckpoint& stored, double seconds) {
  try {
    state_ = config::parse<TrainingState>(stored.state());
  } catch (const ConfigError& error) {
    throw IoError(fmt::format("{}: {}", stored.folder().string(), error.what()));
  }
  if (state_.batch > 0 && state_.batch >= batches_->count()) {
    throw IoError(fmt::format("{}: stands at batch {} of an epoch that has {}",
                              stored.folder().string(), state_.batch, batches_->count()));
  }
  stored.load("weights", values_of(parameters_));
  stored.load("optimizer", optimizer_.memory());
  if (state_.best_epoch > 0) {
    stored.holds("best") ? stored.load("best", best_weights()) : keep_best();
  }
  optimizer_.go_on(state_.step, state_.loss_sum);
  schedule_.go_on({state_.stagnant, state_.plateau_rate});
  seconds_ = seconds;
}

}  // namespace lacuna
