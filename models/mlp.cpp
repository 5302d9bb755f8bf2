#include "models/mlp.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "runtime/error.hpp"
#include "runtime/layers/initialize.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

/// Weights of classes in the loss; empty: all alike.
std::vector<double> class_weights(const MlpConfig& config, const Facts& facts) {
  std::vector<double> weights;
  if (const auto* given = std::get_if<std::vector<double>>(&config.class_weights)) {
    if (given->size() != static_cast<std::size_t>(facts.classes)) {
      throw ConfigError(fmt::format("model.class_weights: {} numbers for {} classes", given->size(),
                                    facts.classes));
    }
    weights = *given;
  } else if (std::get<ClassWeights>(config.class_weights) == ClassWeights::balanced) {
    for (const double share : facts.class_share) {
      const double even = 1 / static_cast<double>(facts.classes);
      weights.push_back(share > 0 ? even / share : 0);
    }
  }
  return weights;
}

class Mlp final : public Model {
 public:
  Mlp(DeviceContext& context, const MlpConfig& config, const Facts& facts, std::uint64_t seed)
      : Model(facts.dtype), config_(config), facts_(facts), seed_(seed) {
    if (facts.classes == 0 && facts.targets == 0) {
      throw ConfigError("model.type 'mlp' learns classes or numbers, and the rows have neither");
    }
    std::int64_t inputs = input_columns(config.input, facts);
    for (const MlpLayer& layer : config.layers) {
      add_layer(context, fmt::format("layer{}", layers_.size() + 1), inputs, layer.units);
      inputs = layer.units;
    }
    add_layer(context, "output", inputs, facts.classes > 0 ? facts.classes : facts.targets);
    for (std::size_t i = 0; i < config.layers.size(); ++i) {
      auto& scale = scales_.emplace_back();
      if (const auto& given = config.layers[i].normalize) {
        scale = hidden_scale(*given, units(i), units(i + 1));
      }
    }
  }

  std::vector<Parameter*> parameters() override {
    std::vector<Parameter*> all;
    for (const auto& layer : layers_) {
      all.push_back(&layer->weight());
      if (layer->biased()) all.push_back(&layer->bias());
    }
    return all;
  }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(),
                            [this](Program& program) { record_objective(program); });
  }

  bool has_objective() const override { return true; }
  void record_objective(Program& program) override {
    const Variable last = layers_.back()->record(program, record_hidden(program), identity);
    const Batch& batch = program.batch();
    const DenseField* weight = batch.holds("weight") ? &batch.get<DenseField>("weight") : nullptr;
    const bool classes = facts_.classes > 0;
    const LossTerm& loss = program.loss("loss", {.metric = classes ? &metric::nll : &metric::rmse});
    if (classes) {
      ops::softmax_cross_entropy(program, loss, last, batch.get<LabelField>("target"), weight,
                                 class_weights(config_, facts_));
    } else {
      ops::squared_error(program, loss, last, batch.get<DenseField>("target"), weight);
    }
  }

  bool offers(Output output) const override {
    if (output == Output::first_layer) return !config_.layers.empty();
    return output == Output::prediction || output == Output::code;
  }
  Variable record(Program& program, Output output) override {
    if (output == Output::code) return record_hidden(program);
    if (output == Output::first_layer) return record_hidden(program, 1);
    if (output != Output::prediction) {
      throw std::logic_error("an mlp has predictions, codes and a first layer only");
    }
    const Variable last = layers_.back()->record(program, record_hidden(program), identity);
    return facts_.classes > 0 ? ops::softmax(program, last) : last;
  }

 private:
  static constexpr Activation identity = Activation::identity;

  void add_layer(DeviceContext& context, const std::string& name, std::int64_t inputs,
                 std::int64_t units) {
    const double limit = 1 / std::sqrt(static_cast<double>(inputs));
    const auto stream = static_cast<std::uint32_t>(2 * layers_.size());
    Linear& layer = *layers_.emplace_back(
        std::make_unique<Linear>(context, dtype(), name, inputs, units, config_.biases));
    initialize_uniform(context, layer.weight(), limit, seed_, stream);
    if (layer.biased()) initialize_uniform(context, layer.bias(), limit, seed_, stream + 1);
  }

  std::int64_t units(std::size_t layer) const { return layers_[layer]->weight().value.shape()[1]; }

  Variable record_hidden(Program& program) const {
    return record_hidden(program, config_.layers.size());
  }
  /// The first so many layers.
  Variable record_hidden(Program& program, std::size_t count) const {
    Variable x = record_input(program, program.batch().get<DenseField>("input"), config_.input,
                              facts_, units(0));
    x = ops::dropout(program, x, {config_.input_dropout, config_.input_dropout_scale}, seed_, 0);
    for (std::size_t i = 0; i < count; ++i) {
      const MlpLayer& layer = config_.layers[i];
      x = layers_[i]->record(program, x, layer.activation);
      record_penalties(program, layer.penalties, x, fmt::format("layer{}", i + 1));
      x = ops::dropout(program, x, {layer.dropout, layer.dropout_scale}, seed_,
                       static_cast<std::uint32_t>(i + 1));
      if (scales_[i]) x = ops::sparsity_normalize(program, x, {}, *scales_[i]);
    }
    return x;
  }

  MlpConfig config_;
  Facts facts_;
  std::uint64_t seed_;
  std::vector<std::unique_ptr<Linear>> layers_;               // the output last
  std::vector<std::optional<SparsityNormalization>> scales_;  // of hidden layers
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const MlpConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::make_unique<Mlp>(context, config, facts, seed);
}

}  // namespace lacuna::models
