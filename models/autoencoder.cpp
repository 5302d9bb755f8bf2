#include "models/autoencoder.hpp"

#include <cmath>

#include "runtime/layers/initialize.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

class Autoencoder final : public Model {
 public:
  Autoencoder(DeviceContext& context, const AutoencoderConfig& config, const Facts& facts,
              std::uint64_t seed)
      : Model(facts.dtype),
        config_(config),
        facts_(facts),
        encoder_(context, dtype(), "encoder", input_columns(config.input, facts),
                 config.hidden_units),
        decoder_bias_(make_parameter(context, dtype(), "decoder.bias", ParameterKind::bias,
                                     {facts.columns})) {
    initialize(context, encoder_.weight(), seed, 0);
    if (config.tied) return;
    decoder_weight_ = make_parameter(context, dtype(), "decoder.weight", ParameterKind::weight,
                                     {facts.columns, config.hidden_units});
    initialize(context, decoder_weight_, seed, 1);
  }

  std::vector<Parameter*> parameters() override {
    std::vector<Parameter*> all{&encoder_.weight(), &encoder_.bias()};
    if (!config_.tied) all.push_back(&decoder_weight_);
    all.push_back(&decoder_bias_);
    return all;
  }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(),
                            [this](Program& program) { record_objective(program); });
  }

  bool has_objective() const override { return true; }
  // Its term is told for an observed cell, its weight makes it that of a row.
  void record_objective(Program& program) override {
    const Variable code = record_code(program);
    record_penalties(program, config_.penalties, code, "code");
    const double cells = facts_.mean_count;
    const Batch& batch = program.batch();
    const DenseField* weight = batch.holds("weight") ? &batch.get<DenseField>("weight") : nullptr;
    if (config_.loss == ReconstructionLoss::squared) {
      const LossTerm& loss =
          program.loss("reconstruction", {.weight = cells, .metric = &metric::rmse});
      ops::squared_error(program, loss, decoded(program, code, config_.decoder), input(program),
                         weight);
    } else {
      const LossTerm& loss =
          program.loss("reconstruction", {.weight = cells, .metric = &metric::cross_entropy});
      ops::sigmoid_cross_entropy(program, loss, decoded(program, code, Activation::identity),
                                 input(program), weight);
    }
  }

  bool offers(Output output) const override {
    return output == Output::reconstruction || output == Output::code;
  }
  Variable record(Program& program, Output output) override {
    const Variable code = record_code(program);
    if (output == Output::code) return code;
    if (output == Output::reconstruction) return decoded(program, code, config_.decoder);
    throw std::logic_error("an autoencoder has reconstructions and codes only");
  }

  const Parameter* filters() const override { return &encoder_.weight(); }

 private:
  static void initialize(DeviceContext& context, Parameter& weight, std::uint64_t seed,
                         std::uint32_t stream) {
    const Shape& shape = weight.value.shape();
    const auto both = static_cast<double>(shape[0] + shape[1]);
    initialize_uniform(context, weight, std::sqrt(6 / both), seed, stream);
  }

  static const DenseField& input(const Program& program) {
    return program.batch().get<DenseField>("input");
  }

  Variable record_code(Program& program) const {
    const Variable x =
        record_input(program, input(program), config_.input, facts_, config_.hidden_units);
    return encoder_.record(program, x, config_.activation);
  }

  Variable decoded(Program& program, const Variable& code, Activation activation) const {
    const Parameter& weight = config_.tied ? encoder_.weight() : decoder_weight_;
    return ops::linear_transposed(program, code, program.of(weight), program.of(decoder_bias_),
                                  activation);
  }

  AutoencoderConfig config_;
  Facts facts_;
  Linear encoder_;
  Parameter decoder_weight_;  // undefined where it is tied
  Parameter decoder_bias_;
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const AutoencoderConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  if (config.loss == ReconstructionLoss::cross_entropy) {
    check_unit_interval(facts, "model.loss cross_entropy");
  }
  return std::make_unique<Autoencoder>(context, config, facts, seed);
}

}  // namespace lacuna::models
