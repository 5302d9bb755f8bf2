#include "models/cf_nade.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/layers/initialize.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/ops/level_ops.hpp"
#include "runtime/train/entry_levels.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

class CfNade final : public Model {
 public:
  CfNade(DeviceContext& context, const CfNadeConfig& config, const Facts& facts,
         const EntryLevels& levels, std::uint64_t seed)
      : Model(facts.dtype),
        activation_(config.activation),
        normalization_(sparse_scale(config.input, facts, config.hidden_units)),
        cost_{config.ordinal_weight, config.sharing == LevelSharing::cumulative},
        coding_{Tensor::of(context.pool(), facts.dtype, {levels.count()}, levels.values),
                cost_.cumulative, seed},
        encoder_(context, dtype(), "encoder", facts.columns * levels.count(), config.hidden_units),
        decoder_(context, dtype(), "decoder", facts.columns * levels.count(), config.hidden_units) {
    const auto both = static_cast<double>(facts.columns * levels.count() + config.hidden_units);
    initialize_uniform(context, encoder_.weight(), std::sqrt(6 / both), seed, 0);
    initialize_uniform(context, decoder_.weight(), std::sqrt(6 / both), seed, 1);
    initialize(decoder_.bias(), levels.log_frequencies(facts, cost_.cumulative));
  }

  std::vector<Parameter*> parameters() override {
    return {&encoder_.weight(), &encoder_.bias(), &decoder_.weight(), &decoder_.bias()};
  }
  /// What the places of weights mean stays with them.
  std::vector<NamedTensor> statistics() override { return {{"levels", coding_.values}}; }
  const LevelCoding* level_coding() const override { return &coding_; }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(), [this](Program& program) {
      ops::level_loss(program, program.loss("loss"), field(program, "target"),
                      field(program, "input"), record_code(program), scores(program));
    });
  }

  bool offers(Output output) const override {
    return output == Output::prediction || output == Output::code || output == Output::whole_rows;
  }
  Variable record(Program& program, Output output) override {
    const Variable code = record_code(program);
    if (output == Output::code) return code;
    if (output == Output::whole_rows) return ops::level_expectation(program, code, scores(program));
    if (output == Output::prediction) {
      return ops::level_prediction(program, field(program, "target"), code, scores(program));
    }
    throw std::logic_error("cf_nade has predictions and codes only");
  }

 private:
  static const SparseField& field(const Program& program, std::string_view name) {
    return program.batch().get<SparseField>(name);
  }
  Variable record_code(Program& program) const {
    return encoder_.record(program, field(program, "input"), normalization_, activation_);
  }
  ops::LevelDecoder scores(Program& program) {
    return {program.of(decoder_.weight()), program.of(decoder_.bias()), coding_.values, cost_};
  }

  Activation activation_;
  SparsityNormalization normalization_;
  LevelCost cost_;
  LevelCoding coding_;
  Linear encoder_;
  ObservedDecoder decoder_;
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const CfNadeConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::make_unique<CfNade>(context, config, facts, EntryLevels(facts, config.levels), seed);
}

}  // namespace lacuna::models
