#include "experiments/run/finished_run.hpp"

#include <fmt/format.h>

#include "experiments/experiment_json.hpp"
#include "experiments/run/failed_run.hpp"

namespace lacuna::experiments {

namespace {

/// Whether a run that ended with the settings `before` has epochs left with those of `now`.
bool extends(const TrainConfig& now, const TrainConfig& before, const TrainResult& ended) {
  if (ended.epochs == before.epochs) return now.epochs > before.epochs;
  return now.patience == 0 || now.patience > before.patience;
}

}  // namespace

std::optional<StoredRun> finished_before(const Job& job, const LaunchOptions& options) {
  auto run = stored_run(job.folder);
  if (!run || !is_over(run->outcome, options.try_again)) return std::nullopt;
  const TrainConfig& before = run->variant.experiment.train;
  const TrainConfig& now = job.experiment.train;
  if (to_json(before) == to_json(now)) return run;
  const Outcome& ended = run->outcome;
  if (!ended.failure.empty() || extends(now, before, ended.training)) return std::nullopt;
  options.remark(fmt::format(
      "{}: stays as it is, it ended after {} epochs; a larger train.{} would let it go on",
      job.label, ended.training.epochs,
      ended.training.epochs < before.epochs ? "patience" : "epochs"));
  return run;
}

}  // namespace lacuna::experiments
