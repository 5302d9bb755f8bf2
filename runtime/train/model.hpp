#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/layers/parameter.hpp"
#include "runtime/program/program.hpp"
#include "runtime/train/entry_view.hpp"
#include "runtime/train/learner.hpp"
#include "runtime/train/train_config.hpp"
#include "runtime/train/training_clock.hpp"

namespace lacuna {

/// What a learner is given.
struct Training {
  DeviceContext& context;
  const TrainConfig& config;
  const Batch& batch;  ///< of training rows; filled before each step
  TrainingClock& clock;
  GradientSync& sync;
  std::uint64_t seed = 0;
};

/// What can be asked of a model that was trained: of the target (for sparse rows at the entries
/// that are asked for), the input once more, a hidden layer (of several the last), new rows, what a
/// row is worth, of sparse rows the prediction of every column, the first hidden layer, and numbers
/// a row: log p(x); log p(x | something of x), and what averaged logits give in the place of
/// averaged probabilities, both of which are no likelihoods; and the sum of log p(x_i | the others)
/// by one random i.
enum class Output {
  prediction,
  reconstruction,
  code,
  samples,
  free_energy,
  whole_rows,
  first_layer,
  log_likelihood,
  conditional_log_likelihood,
  averaged_logits,
  pseudo_likelihood
};
std::string_view name_of(Output output);

/// What a model offers. It keeps its address and its parameters theirs while it lives; it knows
/// neither tasks nor files nor types of numbers.
class Model {
 public:
  explicit Model(DType dtype = DType::f32) : dtype_(dtype) {}
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  virtual ~Model() = default;

  DType dtype() const { return dtype_; }

  /// What is trained.
  virtual std::vector<Parameter*> parameters() = 0;
  /// What is saved and restored with the best weights, but not trained by gradients.
  virtual std::vector<NamedTensor> statistics() { return {}; }

  virtual std::unique_ptr<Learner> learner(const Training& training) = 0;

  /// Whether record() knows the output.
  virtual bool offers(Output output) const = 0;
  /// Records the output for the program's batch, and computes nothing yet. Throws std::logic_error
  /// where the model has none of that kind.
  virtual Variable record(Program& program, Output output) = 0;

  /// Records the terms of the loss that a step minimises, for models that have one.
  virtual bool has_objective() const { return false; }
  virtual void record_objective(Program& program);

  /// How it wants sparse rows whose entries it knows by their level; nullptr: as they stand.
  virtual const LevelCoding* level_coding() const { return nullptr; }

  /// The weights [inputs, units] that a code's units see the input by; nullptr: there are none.
  virtual const Parameter* filters() const { return nullptr; }
  /// A unit of a code is active where it is above that.
  virtual double active_above() const { return 0; }

 private:
  DType dtype_;
};

/// The tensors that make the model what it is: parameters, then statistics; they share memory.
std::vector<NamedTensor> tensors_of(Model& model);

}  // namespace lacuna
