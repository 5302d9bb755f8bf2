#include "runtime/train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

#include "runtime/error.hpp"
#include "runtime/train/lent_step.hpp"

namespace lacuna {

namespace {

constexpr const char* advice =
    "Lower train.optimizer.learning_rate, or look for extreme values in the data";

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// For as long as it lives, the model's weights are those that are judged and kept.
class JudgedWeights {
 public:
  explicit JudgedWeights(Learner& learner) : learner_(learner) { learner_.swap_averages(); }
  JudgedWeights(const JudgedWeights&) = delete;
  JudgedWeights& operator=(const JudgedWeights&) = delete;
  ~JudgedWeights() {
    try {
      learner_.swap_averages();
    } catch (const DeviceError&) {  // of the error that is on its way: the weights are lost
    }
  }

 private:
  Learner& learner_;
};

/// Terms that are a metric's sum are scores of the training, too.
void report_losses(const std::vector<LossTerm>& terms, const std::vector<LossSum>& sums,
                   EpochReport& report) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const LossTerm& term = terms[i];
    const double mean = sums[i].sum / sums[i].count;
    report.losses.push_back({term.name, term.told == Told::sum ? sums[i].sum : mean, term.weight});
    if (term.metric == nullptr) continue;
    report.training.push_back({.metric = term.metric,
                               .value = term.metric->root ? std::sqrt(mean) : mean,
                               .count = static_cast<std::int64_t>(sums[i].count)});
  }
}

}  // namespace

Trainer::Trainer(DeviceContext& context, Model& model, const TrainConfig& config,
                 const DeviceRows& rows, Validate validate, std::uint64_t seed)
    : context_(context),
      config_(config),
      tensors_(tensors_of(model)),
      rows_(rows.rows),
      gradients_(context, model.parameters()),
      batches_(context, model.dtype(), rows, RowOrder(rows.rows, config.batch_size, seed),
               Gradients::yes, model.level_coding()),
      clock_(context.pool(), Program::most_terms),
      learner_(model.learner({.context = context,
                              .config = config_,
                              .batch = batches_.batch(),
                              .clock = clock_,
                              .sync = sync_,
                              .seed = seed})),
      validate_(std::move(validate)),
      schedule_(config.schedule, config.epochs) {}

TrainResult Trainer::run(const TrainHooks& hooks) {
  const auto start = std::chrono::steady_clock::now();
  const double before = seconds_;
  interrupted_ = false;
  if (config_.epochs == 0 && state_.step == 0) judge_initial_weights();
  while (!interrupted_ && !finished()) {
    EpochReport report;
    report.epoch = state_.epochs + 1;
    interrupted_ = !run_epoch(hooks, report);
    seconds_ = before + seconds_since(start);
    if (interrupted_) break;
    {
      const JudgedWeights judged(*learner_);
      end_steps(report);
      state_.epochs = report.epoch;
      state_.batch = 0;
      report.seconds = seconds_ = before + seconds_since(start);
      if (hooks.epoch) hooks.epoch(report);
    }
    end_epoch();
    interrupted_ = hooks.should_continue && !hooks.should_continue() && !finished();
  }
  if (!interrupted_ && state_.best_epoch == 0) {  // nothing was judged
    state_.best_epoch = state_.epochs;
    std::optional<JudgedWeights> judged;
    if (state_.step > 0) judged.emplace(*learner_);  // else there is no average yet
    keep_best();
  }
  restore_best();
  return result();
}

bool Trainer::finished() const {
  const bool stagnant =
      config_.patience > 0 && state_.epochs - state_.last_progress >= config_.patience;
  return stagnant || state_.settled || state_.epochs - state_.phase_begin >= config_.epochs;
}

TrainResult Trainer::result() const {
  TrainResult result{.epochs = state_.epochs,
                     .best_epoch = state_.best_epoch,
                     .settled = state_.settled,
                     .interrupted = interrupted_,
                     .seconds = seconds_};
  if (state_.best_validation) {
    result.best = {.metric = find_metric(state_.metric), .value = *state_.best_validation};
  }
  return result;
}

void Trainer::begin_epoch(EpochReport& report) {
  report.rate = schedule_.rate(state_.epochs - state_.phase_begin);
  batches_.start_epoch(report.epoch);
  const Capture before = std::exchange(capture_, learner_->start_epoch(report.epoch));
  if (capture_ != Capture::keep || before == Capture::never) captured_.clear();
  const std::vector<LossTerm> terms = learner_->terms();
  sums_ = std::ranges::find(terms, Told::sum, &LossTerm::told) != terms.end();
  if (state_.batch == 0) {
    learner_->measure_penalty();
    penalty_measured_ = true;
    clock_.clear_sums();
  }
  report.phase = learner_->phase();
}

bool Trainer::run_epoch(const TrainHooks& hooks, EpochReport& report) {
  begin_epoch(report);
  while (state_.batch < batches_.count()) {
    run_step(report.rate);
    if (context_.device() == Device::cpu) check_steps(clock_.read().clock, report.epoch);
    // Devices are not waited for after each step, but often enough that a request to stop is heard.
    if (state_.batch % 32 == 31) context_.runtime().synchronize();
    ++state_.batch;
    ++state_.step;
    const bool last = state_.batch == batches_.count();
    if (!last && hooks.should_continue && !hooks.should_continue()) return false;
  }
  return true;
}

// The validation's work follows the steps at once, and its scores are what is waited for. Weights
// stay finite whatever the steps did.
void Trainer::end_steps(EpochReport& report) {
  clock_.ask();
  Validation validation;
  try {
    if (validate_) validation = validate_({report.epoch, lender_of(batches_, *learner_)});
  } catch (const NonFiniteError&) {
    check_steps(clock_.answer().clock, report.epoch);  // what went wrong first
    throw;
  }
  const TrainingClock::Reading reading = clock_.answer();
  check_steps(reading.clock, report.epoch);
  report_losses(learner_->terms(), reading.sums, report);
  report.penalty = state_.penalty = penalty();
  watch_loss(report);
  take(validation, report);
}

void Trainer::watch_loss(const EpochReport& report) {
  if (config_.threshold == 0) return;
  const double loss = report.loss() / (sums_ ? static_cast<double>(rows_) : 1);
  state_.settled = state_.row_loss && std::abs(loss - *state_.row_loss) <= config_.threshold;
  state_.row_loss = loss;
}

double Trainer::penalty() const {
  return penalty_measured_ ? learner_->penalty() : state_.penalty;
}

void Trainer::run_step(double rate) {
  const std::int64_t rows = batches_.rows(state_.batch);
  const double share_of_rows = static_cast<double>(rows) / static_cast<double>(rows_);
  clock_.prepare(context_.exec(), {.rate = rate,
                                   .penalty_share = sums_ ? share_of_rows : 1,
                                   .batch = state_.batch,
                                   .step = state_.step});
  const auto put = [this] {
    batches_.put(context_.exec(), clock_.input(), state_.batch);
    learner_->put_step(clock_.input());
  };
  const bool capture = config_.cuda_graph && capture_ != Capture::never;
  lacuna::run_step(context_.exec(), batches_, *learner_, clock_.input(), state_.batch,
                   captured_.try_emplace(rows, context_, put, capture).first->second);
}

void Trainer::check_steps(const Clock& clock, int epoch) const {
  if (clock.stopped == 0) return;
  const auto culprit = static_cast<std::size_t>(clock.culprit);
  std::string problem;
  if (clock.stopped == stopped_by_gradient) {
    problem = "the gradient of " + tensors_.at(culprit).name;
  } else {
    const std::string name = learner_->terms().at(culprit).name;
    problem = name == "loss" ? "the loss" : fmt::format("the loss '{}'", name);
  }
  throw NonFiniteError(
      fmt::format("epoch {}: {} is not finite; the weights stay at the step before. {}", epoch,
                  problem, advice));
}

void Trainer::take(const Validation& validation, EpochReport& report) {
  report.validation = validation.scores;
  if (!validation.judged) return;
  if (validation.scores.empty()) {
    state_.best_epoch = report.epoch;
    state_.last_progress = report.epoch;
    report.best = true;
    return keep_best();
  }
  if (!std::isfinite(validation.watched)) {
    throw NonFiniteError(fmt::format(
        "epoch {}: the step made the predictions infinite or NaN; the best weights before it are "
        "kept. {}",
        report.epoch, advice));
  }
  judge(validation, report);
  if (report.best) keep_best();
}

void Trainer::judge_initial_weights() {
  EpochReport report;
  take(validate_ ? validate_({}) : Validation(), report);
}

void Trainer::judge(const Validation& validation, EpochReport& report) {
  const Score& chosen_by = validation.scores.at(0);
  const auto beats = [&](double value, const std::optional<double>& best) {
    return !best || is_better(*chosen_by.metric, value, *best);
  };
  report.best = config_.threshold > 0 || beats(chosen_by.value, state_.best_validation);
  const bool further = state_.best_watched && beats(validation.watched, state_.best_watched);
  const bool progress = report.best || further;
  if (progress) state_.last_progress = report.epoch;
  schedule_.report(progress);
  if (!state_.best_watched || further) state_.best_watched = validation.watched;
  if (!report.best) return;
  state_.best_epoch = report.epoch;
  state_.best_validation = chosen_by.value;
  state_.metric = chosen_by.metric->name;
}

// What a phase has learned best is what the next one builds on.
void Trainer::end_epoch() {
  if (!learner_->end_epoch(finished())) return;
  restore_best();
  ++state_.phase;
  state_.phase_begin = state_.last_progress = state_.epochs;
  state_.phase_steps = state_.step;
  state_.best_validation.reset();
  state_.best_watched.reset();
  state_.row_loss.reset();
  state_.settled = false;
  schedule_.restore({});
  learner_->start_phase(state_.phase);
  captured_.clear();
}

std::vector<NamedTensor>& Trainer::best_weights() {
  for (std::size_t i = best_weights_.size(); i < tensors_.size(); ++i) {
    const Tensor& value = tensors_[i].tensor;
    best_weights_.push_back(
        {tensors_[i].name, Tensor::uninitialized(context_.pool(), value.dtype(), value.shape())});
  }
  return best_weights_;
}

void Trainer::keep_best() {
  std::vector<NamedTensor>& best = best_weights();
  for (std::size_t i = 0; i < best.size(); ++i) copy(tensors_[i].tensor, best[i].tensor);
}

bool Trainer::restore_best() {
  for (std::size_t i = 0; i < best_weights_.size(); ++i)
    copy(best_weights_[i].tensor, tensors_[i].tensor);
  if (Program* steps = lender_of(batches_, *learner_)) steps->fall_back();
  return !best_weights_.empty();
}

}  // namespace lacuna
