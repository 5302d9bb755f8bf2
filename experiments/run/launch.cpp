#include "experiments/run/launch.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "experiments/run/probe.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/run/task_cache.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/line_writer.hpp"
#include "runtime/io/run_directory.hpp"
#include "runtime/metrics/progress.hpp"
#include "runtime/metrics/statistics.hpp"
#include "runtime/system/cpu.hpp"
#include "runtime/system/interrupt.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

std::string status_of(const EpochReport& report, const TrainResult& result) {
  return fmt::format("train {:.4f}  valid {:.4f}  best {:.4f}", report.train_rmse,
                     report.validation_rmse, result.best_validation_rmse);
}

io::RunDirectory create_directory(const Plan& plan) {
  std::optional<fs::path> chosen;
  if (plan.output.dir) chosen = io::expand_home(*plan.output.dir);
  return io::RunDirectory::create(io::expand_home(plan.output.root), plan.name, chosen);
}

/// One launch: what its runs share.
class Launch {
 public:
  Launch(const Plan& plan, const LaunchOptions& options)
      : plan_(plan),
        options_(options),
        context_(choose_device(plan.device), thread_count(plan.threads)),
        tasks_(context_, {.cache = cache_folder(plan.output),
                          .remark = [this](const std::string& text) { remark(text); }}),
        several_data_(several_data_sets(plan.variants)) {
    report_.results.name = plan.name;
  }

  LaunchReport run() {
    remark(fmt::format("device {}, {} threads", device_name(context_.device()),
                       context_.exec().threads));
    for (const Variant& variant : plan_.variants) {
      for (const std::uint64_t seed : plan_.seeds) {
        if (!interrupt_.interrupted()) run_one(variant, seed);
      }
    }
    if (directory_) draw_probes();
    report_.interrupted = interrupt_.interrupted();
    return std::move(report_);
  }

 private:
  void remark(const std::string& text) const {
    if (!options_.quiet) fmt::print(stderr, "{}\n", text);
  }

  void run_one(const Variant& variant, std::uint64_t seed) {
    const Experiment& experiment = variant.experiment;
    const RatingTask& task = load_task(variant);
    if (interrupt_.interrupted()) return;
    const auto model =
        models::make_model(context_, experiment.model, task.input_statistics(), seed);
    const fs::path folder = directory().add(variant.name, seed);
    write_setup(folder, context_.device(), variant, seed, task, options_.command_line);
    Outcome outcome{
        .variant = variant.name, .seed = seed, .training = {}, .failure = {}, .test = {}};
    try {
      fit(*model, experiment, task, folder, label(variant, seed), outcome);
    } catch (const NonFiniteError& error) {
      outcome.failure = error.what();
      record(folder, experiment, outcome);
      throw;
    }
    if (outcome.training.interrupted) {
      remark(outcome.training.best_epoch > 0
                 ? fmt::format("interrupted; the best weights so far are in {}", folder.string())
                 : "interrupted before the first epoch ended: there are no weights to keep");
    } else {
      outcome.test = task.evaluate(context_, *model, experiment.evaluate);
      warn_if_useless(outcome, task);
    }
    record(folder, experiment, outcome);
    if (experiment.evaluate.probe && seed == plan_.seeds.front() && outcome.test) {
      const auto curve = probe(context_, *model, task, experiment, label(variant, seed));
      if (curve) probes_.push_back(*curve);
    }
  }

  /// Made when the first run is about to start: what fails before leaves no run behind.
  const io::RunDirectory& directory() {
    if (!directory_) {
      directory_ = create_directory(plan_);
      report_.folder = directory_->path();
    }
    return *directory_;
  }

  const RatingTask& load_task(const Variant& variant) {
    const auto [task, fresh] = tasks_.load(variant.experiment.data);
    if (fresh) {
      add_baselines(report_.results, task, variant, several_data_);
      remark(fmt::format("{}: {} rows x {} columns, {} training, {} validation, {} test ratings",
                         task.dataset().source, task.train().rows(), task.train().cols(),
                         task.train().nnz(), task.validation().nnz(), task.test().nnz()));
    }
    return task;
  }

  std::string label(const Variant& variant, std::uint64_t seed) const {
    const std::string name = variant.name.empty() ? plan_.name : variant.name;
    return plan_.seeds.size() == 1 ? name : fmt::format("{} seed {}", name, seed);
  }

  /// Trains, and saves the best weights however the training ends.
  void fit(Trainable<float>& model, const Experiment& experiment, const RatingTask& task,
           const fs::path& folder, const std::string& name, Outcome& outcome) {
    Trainer trainer(context_, model, experiment.train, task.train(), task.validation(),
                    task.validation_rule(experiment.evaluate), outcome.seed);
    io::LineWriter metrics(folder / metrics_file);
    metrics::Progress progress(name, experiment.train.epochs,
                               metrics::standard_error(options_.quiet || options_.verbose));
    const TrainHooks hooks{
        .epoch =
            [&](const EpochReport& report) {
              metrics.write(metrics_line(report));
              const std::string status = status_of(report, trainer.result());
              if (options_.verbose)
                remark(fmt::format("{} epoch {}: {}", name, report.epoch, status));
              progress.update(report.epoch, status);
            },
        .stop_requested = [this] { return interrupt_.interrupted(); }};
    try {
      outcome.training = trainer.run(hooks);
    } catch (const NonFiniteError&) {
      outcome.training = trainer.result();
      if (trainer.restore_best()) save_weights(folder / weights_file, model.parameters(), {});
      throw;
    }
    progress.finish();
    if (outcome.training.best_epoch > 0) {
      save_weights(folder / weights_file, model.parameters(), {});
    }
  }

  void record(const fs::path& folder, const Experiment& experiment, const Outcome& outcome) {
    write_result(folder, experiment, outcome);
    report_.results.outcomes.push_back(outcome);
    io::write_file_atomically(report_.folder / "results.json",
                              config::dump(to_json(report_.results)) + "\n");
  }

  /// A result that a constant beats is one of settings, not of the model.
  void warn_if_useless(const Outcome& outcome, const RatingTask& task) const {
    const std::vector<float> mean(static_cast<std::size_t>(task.validation().nnz()),
                                  static_cast<float>(task.stats().mean));
    if (outcome.training.best_validation_rmse <
        metrics::rmse<float>(mean, task.validation().host_values())) {
      return;
    }
    remark(
        "warning: on validation ratings the training mean does better; raise train.epochs or "
        "train.optimizer.learning_rate");
  }

  /// The picture is an extra: without gnuplot the results still count.
  void draw_probes() {
    if (probes_.empty()) return;
    try {
      report_.picture = write_probe(report_.folder, probes_);
    } catch (const IoError& error) {
      remark(fmt::format("no picture: {}", error.what()));
    }
  }

  const Plan& plan_;
  const LaunchOptions& options_;
  system::InterruptGuard interrupt_;
  DeviceContext context_;
  TaskCache tasks_;
  bool several_data_;
  std::optional<io::RunDirectory> directory_;
  std::vector<ProbeCurve> probes_;
  LaunchReport report_;
};

}  // namespace

int thread_count(int wanted) {
  return wanted > 0 ? wanted : system::usable_threads();
}

LaunchReport train(const Plan& plan, const LaunchOptions& options) {
  return Launch(plan, options).run();
}

}  // namespace lacuna::experiments
