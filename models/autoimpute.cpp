#include "models/autoimpute.hpp"

#include "runtime/layers/initialize.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/ops/sparse_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

constexpr const char* lent_code = "code";

/// From this share of observed cells on whole rows are faster: products over entries read a row of
/// weights for each.
constexpr double dense_from = 0.1;

bool takes_whole_rows(RowProducts products, const Facts& facts) {
  if (products != RowProducts::by_density) return products == RowProducts::dense;
  return facts.mean_count >= dense_from * static_cast<double>(facts.columns);
}

class AutoImpute final : public Model {
 public:
  AutoImpute(DeviceContext& context, const AutoImputeConfig& config, const Facts& facts,
             std::uint64_t seed)
      : Model(facts.dtype),
        whole_rows_(takes_whole_rows(config.products, facts)),
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
      if (whole_rows_) {
        ops::entry_error(program, loss, decoder_.record_all(program, code), target(program));
      } else {
        decoder_.record_loss(program, loss, target(program), code);
      }
    });
  }

  bool offers(Output output) const override {
    return output == Output::prediction || output == Output::code || output == Output::whole_rows;
  }
  Variable record(Program& program, Output output) override {
    const Variable borrowed = program.borrowed(lent_code);
    const Variable code = borrowed.defined() ? borrowed : record_code(program);
    if (output == Output::code) return code;
    if (output == Output::whole_rows) return decoder_.record_all(program, code);
    if (output == Output::prediction) {
      return decoder_.record_prediction(program, target(program), code);
    }
    throw std::logic_error("autoimpute has predictions and codes only");
  }

 private:
  static const SparseField& target(const Program& program) {
    return program.batch().get<SparseField>("target");
  }

  Variable record_code(Program& program) const {
    const auto& input = program.batch().get<SparseField>("input");
    if (!whole_rows_) return encoder_.record(program, input, normalization_, Activation::sigmoid);
    const Variable rows = ops::scatter_rows(program, input, normalization_);
    return encoder_.record(program, rows, Activation::sigmoid);
  }

  bool whole_rows_;
  SparsityNormalization normalization_;
  Linear encoder_;
  ObservedDecoder decoder_;
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const AutoImputeConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::make_unique<AutoImpute>(context, config, facts, seed);
}

}  // namespace lacuna::models
