#include "experiments/run/launch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/experiment_json.hpp"
#include "experiments/run/add_baselines.hpp"
#include "experiments/run/failed_run.hpp"
#include "experiments/run/finished_run.hpp"
#include "experiments/run/known_runs.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/run/launch_pictures.hpp"
#include "experiments/run/task_cache.hpp"
#include "experiments/run/training_run.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/folder_lock.hpp"
#include "runtime/io/run_directory.hpp"

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
        pictures_(context_, kind_of(plan.variants.front().experiment.evaluate), plan.seeds.front(),
                  options),
        several_data_(several_data_sets(plan.variants)),
        several_(plan.variants.size() * plan.seeds.size() > 1) {
    report_.results = no_results(plan);
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
    if (report_.folder.empty() && first_error_ && !report_.interrupted) {
      std::rethrow_exception(first_error_);  // no run was begun
    }
    if (!report_.folder.empty() && only_.empty()) draw();
    return std::move(report_);
  }

 private:
  void run_one(const Variant& variant, std::uint64_t seed) {
    Job job = job_of(plan_, variant, seed, report_.folder);
    if (!only_.empty() && only_ != job.folder) return keep_other(variant, job);
    stopped_at_.reset();
    try {
      finish_one(variant, job);
    } catch (const io::FolderInUse&) {
      report_.in_use = std::current_exception();
      fail(job);
    } catch (const std::exception&) {
      fail(job);
    }
  }

  void finish_one(const Variant& variant, Job& job) {
    if (options_.known != nullptr) {
      if (auto known = options_.known->find(job)) return keep(*std::move(known));
    }
    const Task& task = load_task(variant, job.experiment);
    if (interrupt_.interrupted()) {
      report_.interrupted = true;
      return;
    }
    if (report_.folder.empty()) create_folder();
    job.folder = io::run_folder(report_.folder, job.variant, job.seed);
    if (const auto data = stored_data(job.folder)) check_data(job.folder, *data, task);
    if (const auto before = finished_before(job, options_)) {
      return keep_finished(*before, job, task);
    }
    train(task, job);
  }

  void train(const Task& task, const Job& job) {
    TrainingRun run(context_, task, job, options_, interrupt_);
    try {
      run.run();
    } catch (const NonFiniteError&) {
      stopped_at_ = run.outcome();
      throw;
    }
    keep(run.outcome());
    if (several_) options_.remark(job.label + ": " + summary(run.outcome()));
    stopped_ = run.outcome().training.interrupted;
    if (!stopped_) remember(job);
    report_.interrupted = stopped_;
    pictures_.add(run.outcome(), job, task);
  }

  /// An error of one run, which is being handled, ends the launch only where there is no other.
  void fail(Job job) {
    if (!several_ && !options_.keep_going) {
      if (stopped_at_) keep(*stopped_at_);
      throw;
    }
    const Failure failure = failure_of(std::current_exception());
    options_.remark(fmt::format("{}: failed: {}", job.label, failure.text));
    if (!first_error_) first_error_ = std::current_exception();
    const Outcome outcome = stopped_at_ ? *stopped_at_ : failed_outcome(job, failure);
    if (report_.folder.empty()) {
      unrecorded_.emplace_back(std::move(job), outcome);
    } else if (!stopped_at_) {
      record_failure(job, outcome);
    }
    keep(outcome);
    if (stopped_at_) remember(job);
  }

  /// What failed before there was a folder has its place in it, too.
  void create_folder() {
    report_.folder = create_launch_folder(plan_);
    for (auto& [job, outcome] : unrecorded_) {
      job.folder = io::run_folder(report_.folder, job.variant, job.seed);
      record_failure(job, outcome);
    }
  }

  /// What is known of a run that is not meant now; its split's baselines belong to the results.
  void keep_other(const Variant& variant, const Job& job) {
    try {
      const auto run = stored_run(job.folder);
      if (!run) return;
      if (run->outcome.failure.empty()) load_task(variant, job.experiment);
      keep(run->outcome, Meant::no);
    } catch (const Error& error) {  // no concern of the one that is meant
      options_.remark(fmt::format("{}: left out: {}", job.label, error.what()));
    }
  }

  void keep_finished(const StoredRun& run, const Job& job, const Task& task) {
    keep(run.outcome);
    remember(job);
    pictures_.add(run.outcome, job, task);
  }

  void remember(const Job& job) const {
    if (options_.known != nullptr) options_.known->add(job);
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

  enum class Meant { yes, no };

  void keep(Outcome outcome, Meant meant = Meant::yes) {
    if (meant == Meant::yes && !outcome.failure.empty()) report_.failed.push_back(outcome);
    std::vector<Outcome>& kept = report_.results.outcomes;
    const bool again =
        !kept.empty() && kept.back().variant == outcome.variant && kept.back().seed == outcome.seed;
    if (again) kept.pop_back();  // it failed behind its end
    kept.push_back(std::move(outcome));
    write_results();
  }

  void write_results() const {
    if (report_.folder.empty()) return;
    io::write_file_atomically(report_.folder / "results.json",
                              config::dump(to_json(report_.results)) + "\n");
  }

  void draw() {
    report_.results.findings = pictures_.findings();
    if (!report_.results.findings.empty()) write_results();
    report_.picture = pictures_.write(report_.folder);
  }

  const Plan& plan_;
  const LaunchOptions& options_;
  system::InterruptGuard interrupt_;
  DeviceContext context_;
  TaskCache tasks_;
  LaunchPictures pictures_;
  bool several_data_;
  bool several_;          ///< runs
  bool stopped_ = false;  ///< by the user; no other run is begun
  std::vector<config::Json> seen_data_;
  fs::path only_;
  std::optional<Outcome> stopped_at_;  ///< of the run at hand, whose loss was not finite
  std::exception_ptr first_error_;     ///< of the runs that failed
  std::vector<std::pair<Job, Outcome>> unrecorded_;
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
