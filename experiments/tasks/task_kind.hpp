#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/tasks/predict_options.hpp"
#include "experiments/tasks/task.hpp"
#include "runtime/data/load_options.hpp"

namespace lacuna::experiments {

namespace report {
struct LaunchRecord;
class ChartDrawer;
}  // namespace report

/// A tested model as it was after some epoch of its training.
struct Moment {
  std::string label;
  int epoch = 0;
  const DataConfig& data;
  const EvaluateConfig& evaluate;
};

/// What pictures tell in numbers: an object for results.json under a name, and text below the
/// table.
struct Finding {
  std::string name;
  config::Json json;
  std::string text;
};

/// What a launch draws of its models, beside the results.
class Pictures {
 public:
  virtual ~Pictures() = default;
  /// Adds a model; of each label the last is the one of the best epoch.
  virtual void add(DeviceContext& context, Model& model, const Task& task,
                   const Moment& moment) = 0;
  virtual std::vector<Finding> findings() const = 0;
  /// Returns the picture's path, or nothing where there was nothing to draw. Throws IoError, as
  /// where gnuplot is missing.
  virtual std::optional<std::filesystem::path> write(const std::filesystem::path& folder) const = 0;
};

/// What a report says of a task's runs. Paths are "a.b.c", as in text_at().
struct ReportTexts {
  using Names = std::vector<std::pair<std::string, std::string>>;  ///< for people, and the path
  Names data;                                                      ///< in data.json
  Names protocol;                                                  ///< in resolved.json
  /// In resolved.json and data.json: what must agree before two test scores are subtracted.
  std::vector<std::string> same_test;
  std::string caption;       ///< of the results' table
  std::string note;          ///< how predictions come about
  std::string not_compared;  ///< which variants have no difference
};

/// What is known of a task without its data. One object each, for the life of the program.
class TaskKind {
 public:
  virtual ~TaskKind() = default;

  virtual std::string_view name() const = 0;   ///< "type" of its EvaluateConfig
  virtual std::string_view cases() const = 0;  ///< what its data are made of: "ratings"

  /// Reads and splits data of its family. Throws DataError, ConfigError.
  virtual std::unique_ptr<Task> load(DeviceContext& context, const DataConfig& config,
                                     const data::LoadOptions& options) const = 0;

  /// Chooses a model's best epoch, on validation data.
  virtual const Metric& chosen_by(const EvaluateConfig& config, const Model& model) const = 0;
  /// At least one; the first is the one that counts.
  virtual std::span<const ScoreForm> test_scores() const = 0;
  /// Keys of `evaluate` that result.json repeats as the protocol.
  virtual std::vector<std::string_view> protocol() const { return {}; }

  virtual bool wants_pictures(const EvaluateConfig&) const { return false; }
  /// Empty; not for kinds that never want any.
  virtual std::unique_ptr<Pictures> pictures() const { return nullptr; }

  /// What `lacuna predict` takes besides the run.
  virtual std::span<const PredictOption> predict_options() const = 0;
  /// Endings of files that it writes predictions as.
  virtual std::span<const std::string_view> prediction_files() const { return table_files; }
  /// Throws ConfigError for options that do not go together, and as RunLoader.
  virtual std::unique_ptr<Predictions> predict(const PredictRequest& request) const = 0;

  virtual ReportTexts report_texts() const = 0;
  /// HTML of the task's own sections, about launches of its kind.
  virtual std::string report_sections(const std::vector<report::LaunchRecord>&,
                                      report::ChartDrawer&) const {
    return "";
  }
};

}  // namespace lacuna::experiments
