#include "models/autorec.hpp"

#include "runtime/layers/initialize.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

constexpr const char* lent_code = "code";

class AutoRec final : public Model {
 public:
  AutoRec(DeviceContext& context, const AutoRecConfig& config, const Facts& facts,
          std::uint64_t seed)
      : Model(facts.dtype),
        activation_(config.activation),
        normalization_(sparse_scale(config.input, facts, config.hidden_units)),
        encoder_(context, dtype(), "encoder", facts.columns, config.hidden_units),
        decoder_(context, dtype(), "decoder", facts.columns, config.hidden_units) {
    std::uint32_t stream = 0;
    for (Parameter* parameter : parameters()) {
      const bool weight = parameter->kind == ParameterKind::weight;
      initialize_normal(context, *parameter, weight ? config.weight_stddev : config.bias_stddev,
                        seed, stream++);
    }
  }

  std::vector<Parameter*> parameters() override {
    return {&encoder_.weight(), &encoder_.bias(), &decoder_.weight(), &decoder_.bias()};
  }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(), [this](Program& program) {
      const LossTerm& loss = program.loss("loss", {.told = Told::sum, .metric = &metric::rmse});
      const Variable code = record(program, Output::code);
      program.lend(lent_code, code);
      decoder_.record_loss(program, loss, target(program), code);
    });
  }

  bool offers(Output output) const override {
    return output == Output::prediction || output == Output::code || output == Output::whole_rows;
  }
  Variable record(Program& program, Output output) override {
    const Variable borrowed = program.borrowed(lent_code);
    const Variable code = borrowed.defined()
                              ? borrowed
                              : encoder_.record(program, program.batch().get<SparseField>("input"),
                                                normalization_, activation_);
    if (output == Output::code) return code;
    if (output == Output::whole_rows) return decoder_.record_all(program, code);
    if (output == Output::prediction) {
      return decoder_.record_prediction(program, target(program), code);
    }
    throw std::logic_error("autorec has predictions and codes only");
  }

 private:
  static const SparseField& target(const Program& program) {
    return program.batch().get<SparseField>("target");
  }

  Activation activation_;
  SparsityNormalization normalization_;
  Linear encoder_;
  ObservedDecoder decoder_;
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const AutoRecConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::make_unique<AutoRec>(context, config, facts, seed);
}

}  // namespace lacuna::models
