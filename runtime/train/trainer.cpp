#include "runtime/train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "runtime/error.hpp"
#include "runtime/metrics/statistics.hpp"

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
  for (int epoch = 1; epoch <= config_.epochs; ++epoch) {
    EpochReport report;
    report.epoch = epoch;
    result_.interrupted = !run_epoch(hooks, report);
    if (result_.interrupted) break;
    validate(report);
    report.seconds = result_.seconds = seconds_since(start);
    result_.epochs = epoch;
    if (hooks.epoch) hooks.epoch(report);
    result_.interrupted = hooks.stop_requested && hooks.stop_requested();
    const bool stagnant = config_.patience > 0 && epoch - last_progress_ >= config_.patience;
    if (result_.interrupted || stagnant) break;
  }
  restore_best();
  result_.seconds = seconds_since(start);
  return result_;
}

bool Trainer::run_epoch(const TrainHooks& hooks, EpochReport& report) {
  report.rate = schedule_.rate(report.epoch - 1);
  report.penalty = penalty_.value<float>(context_);
  batches_->start_epoch(report.epoch);
  optimizer_.clear_loss_sum();
  for (std::int64_t batch = 0; batch < batches_->count(); ++batch) {
    if (batch > 0 && hooks.stop_requested && hooks.stop_requested()) return false;
    run_step(batch, report.rate);
    if (context_.device() == Device::cpu) check_steps(report.epoch);
    // Devices are not waited for after each step, but often enough that a request to stop is heard.
    if (batch % 32 == 31) context_.runtime().synchronize();
  }
  report.loss = check_steps(report.epoch).loss_sum;
  report.train_rmse = std::sqrt(report.loss / static_cast<double>(train_.nnz()));
  return true;
}

void Trainer::run_step(std::int64_t batch, double rate) {
  // An epoch's steps together carry the penalty once.
  const double share =
      static_cast<double>(batches_->rows(batch)) / static_cast<double>(train_.rows());
  batch_index_ = batch;
  optimizer_.prepare({.rate = rate, .penalty_share = share, .batch = batch});
  step_.run();
}

void Trainer::put_step_on_stream() {
  batches_->stage(context_.exec(), optimizer_.input());
  const SparseRows<float> rows = batches_->batch(batch_index_);
  batch_ = {rows.by_row.rows, rows, rows};
  program_.forward();
  program_.backward();
  optimizer_.step(program_.loss_slot());
}

StepState Trainer::check_steps(int epoch) const {
  const StepState state = optimizer_.state();
  if (state.stopped == 0) return state;
  const auto parameter = static_cast<std::size_t>(state.stopped - stopped_by_gradient);
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
  report.best = best_weights_.empty() || report.validation_rmse < result_.best_validation_rmse;
  const bool progress = report.best || raw < best_raw_rmse_;
  if (progress) last_progress_ = report.epoch;
  schedule_.report(progress);
  best_raw_rmse_ = std::min(best_raw_rmse_, raw);
  if (!report.best) return;
  result_.best_epoch = report.epoch;
  result_.best_validation_rmse = report.validation_rmse;
  keep_best();
}

void Trainer::keep_best() {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Tensor& value = parameters_[i]->value;
    if (i == best_weights_.size()) {
      best_weights_.push_back(Tensor::empty(context_.pool(), value.dtype(), value.shape()));
    }
    copy(value, best_weights_[i]);
  }
}

bool Trainer::restore_best() {
  for (std::size_t i = 0; i < best_weights_.size(); ++i)
    copy(best_weights_[i], parameters_[i]->value);
  return !best_weights_.empty();
}

}  // namespace lacuna
