#include "models/rbm.hpp"

#include "models/input_handling.hpp"
#include "runtime/error.hpp"
#include "runtime/layers/initialize.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/rbm_ops.hpp"
#include "runtime/train/gradient_learner.hpp"

namespace lacuna::models {

namespace {

ConfigError incomplete() {
  return ConfigError("model.type 'rbm' takes complete rows, and these have missing cells");
}

class Rbm final : public Model {
 public:
  Rbm(DeviceContext& context, const RbmConfig& config, const Facts& facts, std::uint64_t seed)
      : Model(facts.dtype),
        config_(config),
        seed_(seed),
        weight_(make_parameter(context, dtype(), "weight", ParameterKind::weight,
                               {facts.columns, config.hidden_units})),
        visible_bias_(
            make_parameter(context, dtype(), "visible_bias", ParameterKind::bias, {facts.columns})),
        hidden_bias_(make_parameter(context, dtype(), "hidden_bias", ParameterKind::bias,
                                    {config.hidden_units})) {
    initialize_normal(context, weight_, config.weight_stddev, seed, 0);
  }

  std::vector<Parameter*> parameters() override {
    return {&weight_, &visible_bias_, &hidden_bias_};
  }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(),
                            [this](Program& program) { record_divergence(program); });
  }

  bool offers(Output output) const override {
    switch (output) {
      case Output::code:
      case Output::reconstruction:
      case Output::samples:
      case Output::free_energy:
        return true;
      case Output::pseudo_likelihood:
        return config_.visible == VisibleUnits::binary;
      default:
        return false;
    }
  }
  Variable record(Program& program, Output output) override {
    const ops::Rbm rbm = machine(program);
    const Variable v = data(program);
    switch (output) {
      case Output::free_energy:
        return ops::free_energy(program, rbm, v);
      case Output::pseudo_likelihood:
        return ops::pseudo_likelihood(program, rbm, v, seed_);
      case Output::samples:
        return ops::gibbs_chain(
            program, rbm, ops::pre_activation(program, rbm, v),
            {.steps = config_.sample_steps, .sample_last = false, .seed = seed_});
      case Output::code:
      case Output::reconstruction:
        break;
      default:
        throw std::logic_error("an rbm has nothing of that kind");
    }
    const Variable code = ops::linear(program, v, rbm.weight, rbm.hidden_bias, Activation::sigmoid);
    if (output == Output::code) return code;
    const bool binary = config_.visible == VisibleUnits::binary;
    return ops::linear_transposed(program, code, rbm.weight, rbm.visible_bias,
                                  binary ? Activation::sigmoid : Activation::identity);
  }

  const Parameter* filters() const override { return &weight_; }
  double active_above() const override { return 0.5; }

 private:
  ops::Rbm machine(Program& program) const {
    return {program.of(weight_), program.of(visible_bias_), program.of(hidden_bias_),
            config_.visible};
  }

  static Variable data(Program& program) {
    const DenseField& x = program.batch().get<DenseField>("input");
    if (x.observed.defined()) throw incomplete();
    return program.input(x.value);
  }

  void record_divergence(Program& program) const {
    const ops::Rbm rbm = machine(program);
    const Variable v = data(program);
    const Variable of_data = ops::pre_activation(program, rbm, v);
    const ops::GibbsChain chain{
        .steps = config_.gibbs_steps, .sample_visible = config_.sample_visible, .seed = seed_};
    const LossTerm& loss = program.loss("free_energy_gap");
    Variable model;
    if (config_.persistent) {
      const Tensor chains = program.buffer({program.batch().most_rows(), v.columns()});
      const Variable last = program.input(chains, Extent::whole);
      model = ops::gibbs_chain(program, rbm, ops::pre_activation(program, rbm, last), chain);
      program.keep("chains", {"visible", chains}, model);
    } else {
      model = ops::gibbs_chain(program, rbm, of_data, chain);
    }
    ops::contrastive_divergence(program, loss, rbm, v, of_data, model);
  }

  RbmConfig config_;
  std::uint64_t seed_;
  Parameter weight_;
  Parameter visible_bias_;
  Parameter hidden_bias_;
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const RbmConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  if (facts.mean_count < static_cast<double>(facts.columns)) {
    throw incomplete();
  }
  if (config.visible == VisibleUnits::binary) check_unit_interval(facts, "model.visible binary");
  return std::make_unique<Rbm>(context, config, facts, seed);
}

}  // namespace lacuna::models
