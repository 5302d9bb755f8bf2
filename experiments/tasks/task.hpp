#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiments/tasks/configs.hpp"
#include "experiments/tasks/scores.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"
#include "runtime/train/validation.hpp"

namespace lacuna::experiments {

class TaskKind;

/// A file of a run's folder.
struct NamedFile {
  std::string name;
  std::string text;
};

/// What a trained model did on the test data.
struct TestResult {
  TestScores scores;
  std::vector<NamedFile> files = {};      ///< for the run's folder, as those that a report shows
  std::vector<std::string> remarks = {};  ///< for people: why a score is missing
  Details details = {};
};

/// Held-out data scored by something that needs no training.
struct ValidationBaseline {
  std::string name;  ///< "training mean"
  Score score;       ///< of the metric that chooses the best epoch
};

/// Makes the model with the weights that its training began with.
using InitialModel = std::function<std::unique_ptr<Model>()>;

/// A task on a data set: split, on the device, with what judging a model needs. Everything it says
/// of models it says of the weights of now. The `EvaluateConfig` is always of the task's own kind.
class Task {
 public:
  virtual ~Task() = default;
  virtual const TaskKind& kind() const = 0;

  virtual const std::string& source() const = 0;    ///< the file's path, or what made the data
  virtual const std::string& checksum() const = 0;  ///< of the data, wherever they are read from
  /// For people: "60 rows x 40 columns, 684 training ratings".
  virtual std::string training_size() const = 0;
  /// The same of all parts of the split.
  virtual std::string size() const = 0;
  /// An object: what data.json says besides.
  virtual config::Json facts() const = 0;
  /// What a run's folder gets before training, besides.
  virtual std::vector<NamedFile> setup_files() const { return {}; }

  /// What make_model() is told.
  virtual Facts model_facts() const = 0;
  /// How many non-zeros each training row has; of sparse rows, entries.
  virtual std::vector<std::int64_t> non_zeros() const = 0;
  /// Each training row's mean target, NaN for a row without; empty: not of such data.
  virtual std::vector<double> mean_targets() const { return {}; }
  /// What `lacuna data` prints besides.
  virtual std::string description() const { return ""; }
  /// The parts of the split as files, with the data's own ids; empty: not of such data.
  virtual std::vector<NamedFile> exported() const { return {}; }
  /// What is trained on; lives as long as the task.
  virtual const DeviceRows& train() const = 0;
  /// What training scores are multiplied by, so that they are in the unit of the others.
  virtual double training_unit() const { return 1; }
  /// Scores of validation data; refers to the task and the model.
  virtual Validate validate(DeviceContext& context, Model& model,
                            const EvaluateConfig& config) const = 0;
  /// A model that this beats is of no use.
  virtual ValidationBaseline validation_baseline(const EvaluateConfig& config,
                                                 const Metric& chosen_by) const = 0;

  virtual TestResult test(DeviceContext& context, Model& model,
                          const EvaluateConfig& config) const = 0;
  /// Of a model that was trained and tested, what that did to it, where the configuration asks.
  virtual Details change(DeviceContext&, Model& /*trained*/, const InitialModel&,
                         const EvaluateConfig&) const {
    return {};
  }
  /// On test data, to be shown beside the models.
  virtual std::vector<Baseline> baselines(const EvaluateConfig& config) const = 0;
};

}  // namespace lacuna::experiments
