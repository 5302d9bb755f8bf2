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
#include "runtime/system/cpu.hpp"
#include "runtime/system/interrupt.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

std::string status_of(const EpochReport& report, double best) {
  return fmt::format("train {:.4f}  valid {:.4f}  best {:.4f}", report.train_rmse,
                     report.validation_rmse, best);
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
        tasks_(context_),
        directory_(create_directory(plan)) {
    report_.results.name = plan.name;
    report_.folder = directory_.path();
  }

  LaunchReport run() {
    remark(fmt::format("device {}, {} threads", device_name(context_.device()),
                       context_.exec().threads));
    for (const Variant& variant : plan_.variants) {
      for (const std::uint64_t seed : plan_.seeds) {
        if (!report_.interrupted) run_one(variant, seed);
      }
    }
    draw_probes();
    io::write_file_atomically(report_.folder / "results.json",
                              config::dump(to_json(report_.results)) + "\n");
    return std::move(report_);
  }

 private:
  void remark(const std::string& text) const {
    if (!options_.quiet) fmt::print(stderr, "{}\n", text);
  }

  void run_one(const Variant& variant, std::uint64_t seed) {
    const Experiment& experiment = variant.experiment;
    const RatingTask& task = load_task(variant);
    const fs::path folder = directory_.add(variant.name, seed);
    write_setup(folder, variant, seed, task, options_.command_line);
    const auto model =
        models::make_model(context_, experiment.model, task.input_statistics(), seed);
    Outcome outcome{.variant = variant.name, .seed = seed, .training = {}, .test = {}};
    outcome.training = fit(*model, experiment, task, folder, label(variant, seed));
    report_.interrupted = outcome.training.interrupted;
    if (!report_.interrupted) outcome.test = task.evaluate(context_, *model, experiment.evaluate);
    write_result(folder, outcome);
    report_.results.outcomes.push_back(outcome);
    if (experiment.evaluate.probe && seed == plan_.seeds.front() && !report_.interrupted) {
      probes_.push_back(probe(context_, *model, task, experiment, label(variant, seed)));
    }
  }

  const RatingTask& load_task(const Variant& variant) {
    const RatingTask& task = tasks_.load(variant.experiment.data);
    if (report_.results.baselines.empty()) {
      report_.results.baselines = task.baselines(variant.experiment.evaluate);
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
  TrainResult fit(Trainable<float>& model, const Experiment& experiment, const RatingTask& task,
                  const fs::path& folder, const std::string& name) {
    Trainer trainer(context_, model, experiment.train, task.train(), task.validation(),
                    task.clip_range(experiment.evaluate));
    io::LineWriter metrics(folder / metrics_file);
    metrics::Progress progress(name, experiment.train.epochs,
                               metrics::standard_error(options_.quiet || options_.verbose));
    double best = 0;
    const TrainHooks hooks{
        .epoch =
            [&](const EpochReport& report) {
              if (report.best) best = report.validation_rmse;
              metrics.write(metrics_line(report));
              const std::string status = status_of(report, best);
              if (options_.verbose)
                remark(fmt::format("{} epoch {}: {}", name, report.epoch, status));
              progress.update(report.epoch, status);
            },
        .stop_requested = [this] { return interrupt_.interrupted(); }};
    try {
      const TrainResult result = trainer.run(hooks);
      progress.finish();
      save_weights(folder / weights_file, model.parameters(), {});
      return result;
    } catch (const NonFiniteError&) {
      if (trainer.restore_best()) save_weights(folder / weights_file, model.parameters(), {});
      throw;
    }
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
  io::RunDirectory directory_;
  std::vector<ProbeCurve> probes_;
  LaunchReport report_;
};

/// The data the run was trained on, wherever it was launched from.
data::DataConfig with_source(data::DataConfig config, const std::string& source) {
  std::visit(
      [&](auto& chosen) {
        if constexpr (requires { chosen.path; }) chosen.path = source;
      },
      config);
  return config;
}

}  // namespace

int thread_count(int wanted) {
  return wanted > 0 ? wanted : system::usable_threads();
}

LaunchReport train(const Plan& plan, const LaunchOptions& options) {
  return Launch(plan, options).run();
}

Results evaluate(const fs::path& path, const std::string& device, int threads) {
  DeviceContext context(choose_device(device), thread_count(threads));
  TaskCache tasks(context);
  Results results;
  for (const StoredRun& run : find_runs(io::expand_home(path.string()))) {
    const Experiment& experiment = run.variant.experiment;
    const RatingTask& task = tasks.load(with_source(experiment.data, run.source));
    if (task.dataset().checksum != run.checksum) {
      throw DataError(
          fmt::format("{}: not the ratings that {} was trained on (checksum {}, not {})",
                      run.source, run.folder.string(), task.dataset().checksum, run.checksum));
    }
    const auto model =
        models::make_model(context, experiment.model, task.input_statistics(), run.seed);
    load_weights(run.folder / weights_file, model->parameters());
    if (results.baselines.empty()) results.baselines = task.baselines(experiment.evaluate);
    results.name = experiment.name.value_or(path.filename().string());
    results.outcomes.push_back({run.variant.name, run.seed, run.training,
                                task.evaluate(context, *model, experiment.evaluate)});
  }
  return results;
}

}  // namespace lacuna::experiments
