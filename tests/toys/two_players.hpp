#pragma once

#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/optim/optimizer.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::testing {

/// x + c.
inline Variable plus(Program& program, const Variable& x, const Parameter& c) {
  return ops::bias(program, x, program.of(c), Activation::identity);
}

/// A term of the loss: the mean of (x - target)^2.
inline void square(Program& program, const char* name, double weight, const Variable& x,
                   const DenseField& target) {
  ops::squared_error(program, program.loss(name, {.weight = weight}), x, target, nullptr);
}

/// Two players about V(a, w) = mean(w x - w^2 / 2) - mean(w G(z)) with G(z) = z + a: w seeks its
/// maximum, then a its minimum. All is squares: w g = ((w + g)^2 - w^2 - g^2) / 2.
class TwoPlayers : public Model {
 public:
  TwoPlayers(DeviceContext& context, DType dtype)
      : Model(dtype),
        a_(make_parameter(context, dtype, "a", ParameterKind::bias, {1})),
        w_(make_parameter(context, dtype, "w", ParameterKind::bias, {1})) {}

  std::vector<Parameter*> parameters() override { return {&a_, &w_}; }
  std::unique_ptr<Learner> learner(const Training& training) override {
    return std::make_unique<Players>(training, a_, w_);
  }
  bool offers(Output output) const override { return output == Output::prediction; }
  Variable record(Program&, Output) override { throw std::logic_error("it predicts nothing"); }

 private:
  /// The player of w reads what the generator made, the player of a goes back through it.
  struct Players : Learner {
    Players(const Training& t, Parameter& a, Parameter& w)
        : training(t),
          made(t.context, a.value.dtype(), t.batch),
          critic(t.context, a.value.dtype(), t.batch),
          judge(t.context, a.value.dtype(), t.batch),
          of_w(t.context, t.config.optimizer, {&w}, L2Penalty({}, {})),
          of_a(t.context, t.config.optimizer, {&a}, L2Penalty({}, {})) {
      const Variable g = plus(made, made.input(t.batch.get<DenseField>("noise").value), a);
      const DenseField zero{made.buffer({t.batch.most_rows(), 1}), {}};
      const Variable rows_of_w = plus(critic, critic.input(zero.value), w);
      square(critic, "real", 0.5, rows_of_w, t.batch.get<DenseField>("input"));
      square(critic, "fake", 0.5, plus(critic, critic.detached(g), w), zero);
      square(critic, "length", -0.5, rows_of_w, zero);
      judge.freeze(std::vector{&w});
      square(judge, "fooled", -0.5, plus(judge, g, w), zero);
      square(judge, "power", 0.5, g, zero);
    }

    void put_step(const StepInput*) override {
      made.forward();
      for (const auto& [program, player, place] : turns) {
        program->forward();
        program->backward(training.sync);
        training.sync.finish();
        player->step(training.clock, *program, place);
      }
    }
    std::vector<LossTerm> terms() const override { return terms_of({&critic, &judge}); }
    TensorFiles state() const override { return {{"w", of_w.memory()}, {"a", of_a.memory()}}; }
    void restore(std::int64_t steps) override { of_w.restore(steps), of_a.restore(steps); }

    Training training;
    Program made, critic, judge;
    Optimizer of_w, of_a;
    const std::vector<std::tuple<Program*, Optimizer*, PlayerPlace>> turns{
        {&critic, &of_w, {.parameter = 1}}, {&judge, &of_a, {.term = 3}}};
  };

  Parameter a_, w_;
};

}  // namespace lacuna::testing
