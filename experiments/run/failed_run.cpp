#include "experiments/run/failed_run.hpp"

#include <algorithm>

#include "experiments/run/run_files.hpp"
#include "experiments/small_model.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/io/folder_lock.hpp"

namespace lacuna::experiments {

namespace {

const Metric& chosen_by(const Experiment& experiment) {
  DeviceContext context(Device::cpu, 1);
  return kind_of(experiment.evaluate)
      .chosen_by(experiment.evaluate, *small_model(context, experiment));
}

TrainResult reached(const std::vector<EpochReport>& epochs) {
  TrainResult result;
  for (const EpochReport& report : epochs) {
    result.epochs = report.epoch;
    result.seconds = report.seconds;
    if (!report.best) continue;
    result.best_epoch = report.epoch;
    if (!report.validation.empty()) result.best = report.validation.front();
  }
  return result;
}

TrainResult reached(const Job& job) {
  try {
    return reached(read_metrics(job.folder / metrics_file));
  } catch (const Error&) {  // one that is damaged tells nothing
    return {};
  }
}

/// How the job had come to its end before, if it had.
std::optional<Outcome> finished(const Job& job) {
  try {
    const auto run = stored_run(job.folder);
    if (run && is_over(run->outcome, true)) return run->outcome;
  } catch (const Error&) {  // nothing of it can be relied on
  }
  return std::nullopt;
}

}  // namespace

Outcome failed_outcome(const Job& job, const Failure& failure) {
  Outcome outcome{.variant = job.variant, .seed = job.seed};
  if (!job.folder.empty()) {
    outcome.training = reached(job);
    if (auto before = finished(job)) outcome = *std::move(before);
  }
  if (outcome.training.best.metric == nullptr) {
    outcome.training.best.metric = &chosen_by(job.experiment);
  }
  outcome.failure = failure.text;
  outcome.failure_code = failure.code;
  return outcome;
}

void record_failure(const Job& job, const Outcome& outcome) {
  try {
    const io::FolderLock lock = io::FolderLock::create(job.folder);
    if (finished(job)) return;
    if (!std::filesystem::exists(job.folder / resolved_file)) {
      write_resolved(job.folder, job.experiment);
    }
    write_result(job.folder, job.experiment, outcome);
  } catch (const IoError&) {  // the launch's results tell of it
  }
}

ExitCode first_failure(const std::vector<Outcome>& runs) {
  const auto failed =
      std::ranges::find_if(runs, [](const Outcome& outcome) { return !outcome.failure.empty(); });
  return failed == runs.end() ? ExitCode::ok : failed->failure_code;
}

bool is_over(const Outcome& outcome, bool try_again) {
  if (outcome.training.interrupted) return false;
  const bool of_settings = outcome.failure_code == ExitCode::non_finite;
  return outcome.failure.empty() || of_settings || !try_again;
}

}  // namespace lacuna::experiments
