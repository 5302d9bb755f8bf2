#include "experiments/run/training_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "experiments/run/advice.hpp"
#include "experiments/run/metrics_log.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

std::string status_of(const EpochReport& report, const TrainResult& result) {
  std::string status;
  if (report.validation.empty() || std::isnan(report.validation[0].value)) {
    return fmt::format("loss {:.4f}", report.loss());
  }
  const Score& chosen_by = report.validation[0];
  for (const Score& score : report.training) {
    const bool same = score.metric == chosen_by.metric;
    status += fmt::format("train {}{:.4f}  ", same ? "" : fmt::format("{} ", score.metric->title),
                          score.value);
  }
  return status + fmt::format("valid {:.4f}  best {:.4f}", chosen_by.value, result.best.value);
}

/// The choosing scores of the first and of the last epoch that have one.
std::pair<double, double> validation_of(const std::vector<EpochReport>& epochs) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::pair<double, double> ends{none, none};
  for (const EpochReport& report : epochs) {
    if (report.validation.empty() || std::isnan(report.validation.front().value)) continue;
    ends.second = report.validation.front().value;
    if (std::isnan(ends.first)) ends.first = ends.second;
  }
  return ends;
}

int stored_epochs(const StoredCheckpoint& stored) {
  return static_cast<int>(stored.state().at("epochs").as_int64());
}

}  // namespace

TrainingRun::TrainingRun(DeviceContext& context, const Task& task, const Job& job,
                         const LaunchOptions& options, const system::InterruptGuard& interrupt)
    : context_(context),
      task_(task),
      job_(job),
      options_(options),
      interrupt_(interrupt),
      lock_(io::FolderLock::create(job.folder)),
      checkpoints_(job.folder / checkpoints_folder, job.experiment.output.checkpoint.keep,
                   [&](const std::string& text) { options.remark(text); }),
      model_(initial_model()),
      outcome_{.variant = job.variant, .seed = job.seed} {
  keep({});
  prepare_folder();
}

std::unique_ptr<Model> TrainingRun::initial_model() const {
  auto model = models::make_model(context_, job_.experiment.model, task_.model_facts(),
                                  job_.experiment.seed);
  if (const auto& file = models::weights_of(job_.experiment.model)) {
    // A run that was begun has a copy of its own.
    const fs::path own = job_.folder / snapshot_file(0);
    load_weights(fs::exists(own) ? own : fs::path(*file), tensors_of(*model));
  }
  return model;
}

void TrainingRun::prepare_folder() {
  io::remove_temporaries(job_.folder);
  forget_result();
  write_setup(job_.folder, context_.device(), job_.experiment, task_, options_.command_line);
}

// What is trained on has no result until it comes to its end again. Before anything else is
// written: a result beside other settings would look like theirs.
void TrainingRun::forget_result() {
  const auto before = stored_run(job_.folder);
  if (!before) return;
  Outcome unfinished = before->outcome;
  unfinished.training.interrupted = true;
  unfinished.failure.clear();
  unfinished.test.reset();
  unfinished.remarks.clear();
  unfinished.details.clear();
  write_result(job_.folder, before->variant.experiment, unfinished);
}

void TrainingRun::run() {
  try {
    train();
    context_.pool().release_unused();
    if (!outcome_.training.interrupted) judge();
  } catch (const NonFiniteError& error) {
    outcome_.failure = error.what();
    outcome_.failure_code = error.code();
    write_result(job_.folder, job_.experiment, outcome_);
    throw;
  }
  write_result(job_.folder, job_.experiment, outcome_);
  if (!outcome_.training.interrupted && !job_.experiment.output.checkpoint.at_end) {
    checkpoints_.clear();
  }
}

void TrainingRun::train() {
  Trainer trainer(context_, *model_, job_.experiment.train, task_.train(),
                  task_.validate(context_, *model_, job_.experiment.evaluate),
                  job_.experiment.seed);
  try {
    fit(trainer);
  } catch (const NonFiniteError&) {
    keep(trainer.result());
    outcome_.steps = trainer.steps();
    if (trainer.restore_best()) save_weights(job_.folder / weights_file, tensors_of(*model_));
    throw;
  }
  outcome_.steps = trainer.steps();
  const bool any_weights = outcome_.training.best_epoch > 0 || job_.experiment.train.epochs == 0;
  if (any_weights) save_weights(job_.folder / weights_file, tensors_of(*model_));
  if (outcome_.training.interrupted) {
    options_.remark(fmt::format("interrupted after {} steps and saved", trainer.steps()));
  }
}

void TrainingRun::keep(const TrainResult& result) {
  outcome_.training = result;
  const Metric*& metric = outcome_.training.best.metric;
  if (metric == nullptr) metric = &task_.kind().chosen_by(job_.experiment.evaluate, *model_);
}

void TrainingRun::restore(Trainer& trainer, const StoredCheckpoint& stored, double seconds) {
  trainer.restore(stored, seconds);
  options_.remark(fmt::format("{}: resumed after {} epochs, {} steps", job_.label,
                              trainer.result().epochs, trainer.steps()));
}

void TrainingRun::fit(Trainer& trainer) {
  const auto stored = checkpoints_.newest();
  MetricsLog metrics(job_.folder, stored ? stored_epochs(*stored) : 0);
  if (stored) {
    restore(trainer, *stored, metrics.seconds());
  } else if (fs::exists(job_.folder / result_file)) {
    options_.remark(job_.label + ": no checkpoint is left, training begins anew");
  }
  if (trainer.steps() == 0) keep_snapshot(0);
  metrics::Progress progress(job_.label, job_.experiment.train.epochs,
                             metrics::standard_error(options_.quiet || options_.verbose),
                             trainer.result().epochs);
  const TrainHooks hooks{
      .epoch =
          [&](EpochReport report) {
            for (Score& score : report.training) score.value *= task_.training_unit();
            metrics.write(report);
            if (report.epoch <= last_snapshot) keep_snapshot(report.epoch);
            const std::string status = status_of(report, trainer.result());
            if (options_.verbose) {
              options_.remark(fmt::format("{} epoch {}: {}", job_.label, report.epoch, status));
            }
            progress.update(report.epoch, status);
          },
      .should_continue =
          [&] {
            const bool stop = interrupt_.interrupted() || options_.stop();
            if (stop || trainer.finished() || due(trainer)) {
              metrics.sync();
              save(trainer);
            }
            return !stop;
          }};
  keep(trainer.run(hooks));
  progress.finish();
}

void TrainingRun::keep_snapshot(int epoch) const {
  const bool from_file = epoch == 0 && models::weights_of(job_.experiment.model);
  if (!from_file && !task_.kind().wants_pictures(job_.experiment.evaluate)) return;
  const fs::path file = job_.folder / snapshot_file(epoch);
  fs::create_directories(file.parent_path());
  save_weights(file, tensors_of(*model_));
}

bool TrainingRun::due(const Trainer& trainer) const {
  const CheckpointConfig& when = job_.experiment.output.checkpoint;
  if (when.every_epochs > 0 && trainer.between_epochs() &&
      trainer.result().epochs % when.every_epochs == 0) {
    return true;
  }
  const std::chrono::duration<double, std::ratio<60>> since =
      std::chrono::steady_clock::now() - saved_;
  return when.every_minutes > 0 && since.count() >= when.every_minutes;
}

void TrainingRun::save(const Trainer& trainer) {
  checkpoints_.save(trainer.steps(), trainer.checkpoint());
  // Training that has ended needs but the last one.
  if (trainer.finished()) checkpoints_.keep_newest();
  saved_ = std::chrono::steady_clock::now();
}

void TrainingRun::judge() {
  if (!remark_if_useless()) remark_if_unfinished();
  const EvaluateConfig& evaluate = job_.experiment.evaluate;
  if (!looks_at_test(evaluate)) return;
  TestResult result = task_.test(context_, *model_, evaluate);
  write_files(job_.folder, result.files);
  std::ranges::move(result.remarks, std::back_inserter(outcome_.remarks));
  outcome_.test = std::move(result.scores);
  outcome_.details = std::move(result.details);
  std::ranges::move(task_.change(
                        context_, *model_, [this] { return initial_model(); }, evaluate),
                    std::back_inserter(outcome_.details));
}

// A result that a constant beats is one of settings, not of the model.
bool TrainingRun::remark_if_useless() {
  const Score& best = outcome_.training.best;
  if (job_.experiment.train.epochs == 0 || std::isnan(best.value)) return false;
  const ValidationBaseline other =
      task_.validation_baseline(job_.experiment.evaluate, *best.metric);
  if (is_better(*best.metric, best.value, other.score.value)) return false;
  const auto validation = validation_of(read_metrics(job_.folder / metrics_file));
  const std::string advice = advice_for({.experiment = job_.experiment,
                                         .result = outcome_.training,
                                         .first = validation.first,
                                         .last = validation.second,
                                         .baseline = other.score.value});
  outcome_.remarks.push_back(fmt::format("warning: on validation {} the {} does no worse; {}",
                                         task_.kind().cases(), other.name, advice));
  return true;
}

// The best that a training found at its very end need not be the best that it would find.
void TrainingRun::remark_if_unfinished() {
  const TrainResult& training = outcome_.training;
  if (training.settled) return;
  const bool last = training.epochs > 0 && training.best_epoch == training.epochs;
  if (!last || std::isnan(training.best.value)) return;
  outcome_.remarks.push_back(fmt::format(
      "warning: the best epoch, {}, is the last one: it was still getting better; raise "
      "train.epochs",
      training.best_epoch));
}

}  // namespace lacuna::experiments
