#include "experiments/run/launch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/experiment_json.hpp"
#include "experiments/run/add_baselines.hpp"
#include "experiments/run/known_runs.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/run/task_cache.hpp"
#include "experiments/run/training_run.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/run_directory.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// One launch: what its runs share.
class Launch {
 public:
  Launch(const Plan& plan, const LaunchOptions& options)
      : plan_(plan),
        options_(options),
        context_(choose_device(plan.device), thread_count(plan.threads)),
        tasks_(context_, {.cache = cache_folder(plan.output),
                          .remark = [this](const std::string& text) { options_.remark(text); }}),
        several_data_(several_data_sets(plan.variants)) {
    report_.results = no_results(plan);
    pictures_ = report_.results.task->pictures();
  }

  /// Goes on with the launch in `folder`; empty: makes one when the first run is about to start, so
  /// that what fails before leaves no folder behind.
  LaunchReport run(const fs::path& folder, const fs::path& only) {
    report_.folder = folder;
    only_ = only;
    options_.remark(fmt::format("device {}, {} threads", device_name(context_.device()),
                                context_.exec().threads));
    for (const Variant& variant : plan_.variants) {
      for (const std::uint64_t seed : plan_.seeds) {
        stopped_ = stopped_ || interrupt_.interrupted();
        if (stopped_) report_.interrupted = true;  // something is left
        if (!stopped_) run_one(variant, seed);
      }
    }
    if (!report_.folder.empty() && only_.empty()) draw();
    return std::move(report_);
  }

 private:
  void run_one(const Variant& variant, std::uint64_t seed) {
    Job job = job_of(plan_, variant, seed, report_.folder);
    if (!only_.empty() && only_ != job.folder) return keep_other(variant, job);
    if (options_.known != nullptr) {
      if (auto known = options_.known->find(job)) return keep(*std::move(known));
    }
    const Task& task = load_task(variant, job.experiment);
    if (interrupt_.interrupted()) {
      report_.interrupted = true;
      return;
    }
    if (report_.folder.empty()) report_.folder = create_launch_folder(plan_);
    job.folder = io::run_folder(report_.folder, variant.name, seed);
    if (const auto data = stored_data(job.folder)) check_data(job.folder, *data, task);
    if (const auto before = finished_before(job)) return keep_finished(*before, job, task);
    TrainingRun run(context_, task, job, options_, interrupt_);
    try {
      run.run();
    } catch (const NonFiniteError& error) {
      keep(run.outcome());
      remember(job);
      if (!options_.keep_going) throw;
      options_.remark(fmt::format("{}: {}", job.label, error.what()));
      return;
    }
    keep(run.outcome());
    if (plan_.variants.size() * plan_.seeds.size() > 1) {
      options_.remark(job.label + ": " + summary(run.outcome()));
    }
    stopped_ = run.outcome().training.interrupted;
    if (!stopped_) remember(job);
    report_.interrupted = stopped_;
    add_pictures(run.outcome(), job, task);
  }

  /// A run that came to its end, unless the settings of now let it go on.
  std::optional<StoredRun> finished_before(const Job& job) const {
    auto run = stored_run(job.folder);
    if (!run || run->outcome.training.interrupted) return std::nullopt;
    const TrainConfig& before = run->variant.experiment.train;
    const TrainConfig& now = job.experiment.train;
    const bool same = to_json(before) == to_json(now);
    if (!same && (!run->outcome.failure.empty() || extends(now, before, run->outcome.training))) {
      return std::nullopt;
    }
    if (!same) {
      options_.remark(fmt::format(
          "{}: stays as it is, it ended after {} epochs; a larger train.{} would let it go on",
          job.label, run->outcome.training.epochs,
          run->outcome.training.epochs < before.epochs ? "patience" : "epochs"));
    }
    return run;
  }

  /// Whether a run that ended with the settings `before` has epochs left with those of `now`.
  static bool extends(const TrainConfig& now, const TrainConfig& before, const TrainResult& ended) {
    if (ended.epochs == before.epochs) return now.epochs > before.epochs;
    return now.patience == 0 || now.patience > before.patience;
  }

  /// What is known of a run that is not meant now; its split's baselines belong to the results.
  void keep_other(const Variant& variant, const Job& job) {
    const auto run = stored_run(job.folder);
    if (!run) return;
    load_task(variant, job.experiment);
    keep(run->outcome);
  }

  void keep_finished(const StoredRun& run, const Job& job, const Task& task) {
    keep(run.outcome);
    remember(job);
    add_pictures(run.outcome, job, task);
  }

  void remember(const Job& job) const {
    if (options_.known != nullptr) options_.known->add(job);
  }

  bool wants_picture(const Job& job) const {
    return report_.results.task->wants_pictures(job.experiment.evaluate) &&
           job.seed == plan_.seeds.front();
  }

  /// Of the first epochs that the run has kept, and of the best one.
  void add_pictures(const Outcome& outcome, const Job& job, const Task& task) {
    if (!outcome.test || !wants_picture(job)) return;
    const auto model =
        models::make_model(context_, job.experiment.model, task.model_facts(), job.experiment.seed);
    const auto add = [&](int epoch, const fs::path& file) {
      if (!fs::exists(job.folder / file)) return;
      load_weights(job.folder / file, tensors_of(*model));
      pictures_->add(context_, *model, task,
                     {job.label, epoch, job.experiment.data, job.experiment.evaluate});
    };
    const int best = outcome.training.best_epoch;
    for (int epoch = 0; epoch <= last_snapshot && epoch < best; ++epoch) {
      add(epoch, snapshot_file(epoch));
    }
    add(best, weights_file);
  }

  const Task& load_task(const Variant& variant, const Experiment& experiment) {
    const auto [task, fresh] = tasks_.load(experiment.data, experiment.evaluate);
    const config::Json data = to_json(experiment.data);
    const bool seen = std::ranges::find(seen_data_, data) != seen_data_.end();
    if (looks_at_test(experiment.evaluate) && !seen) {
      seen_data_.push_back(data);
      add_baselines(report_.results, task, variant, several_data_);
    }
    if (fresh) options_.remark(fmt::format("{}: {}", task.source(), task.size()));
    return task;
  }

  void keep(Outcome outcome) {
    report_.results.outcomes.push_back(std::move(outcome));
    write_results();
  }

  void write_results() const {
    io::write_file_atomically(report_.folder / "results.json",
                              config::dump(to_json(report_.results)) + "\n");
  }

  /// The picture is an extra: without gnuplot the results still count.
  void draw() {
    if (!pictures_) return;
    report_.results.findings = pictures_->findings();
    if (!report_.results.findings.empty()) write_results();
    try {
      report_.picture = pictures_->write(report_.folder);
    } catch (const IoError& error) {
      options_.remark(fmt::format("no picture: {}", error.what()));
    }
  }

  const Plan& plan_;
  const LaunchOptions& options_;
  system::InterruptGuard interrupt_;
  DeviceContext context_;
  TaskCache tasks_;
  bool several_data_;
  bool stopped_ = false;  ///< by the user; no other run is begun
  std::vector<config::Json> seen_data_;
  fs::path only_;
  std::unique_ptr<Pictures> pictures_;
  LaunchReport report_;
};

}  // namespace

LaunchReport train(const Plan& plan, const LaunchOptions& options) {
  return Launch(plan, options).run({}, {});
}

LaunchReport continue_launch(const Plan& plan, const fs::path& folder,
                             const LaunchOptions& options) {
  return Launch(plan, options).run(folder, {});
}

LaunchReport resume(const fs::path& path, const std::vector<std::string>& overrides,
                    const LaunchOptions& options) {
  const StoredLaunch launch = find_launch(path, overrides);
  if (launch.run.empty() || planned_runs(launch.plan, launch.folder).size() == 1) {
    if (!overrides.empty()) write_plan(launch.folder, launch.plan);
  } else if (const auto change = std::ranges::find_if_not(overrides, changes_place_only);
             change != overrides.end()) {
    throw ConfigError(fmt::format("{}: holds for all runs of a launch: resume {}", *change,
                                  launch.folder.string()));
  }
  return Launch(launch.plan, options).run(launch.folder, launch.run);
}

}  // namespace lacuna::experiments
