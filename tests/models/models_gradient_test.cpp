#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"
#include "tests/support/finite_difference.hpp"

/// Gradients of whole models in float64, at 1e-6: what a step of plain SGD subtracts against finite
/// differences of the loss that the step reports.
namespace lacuna::testing {
namespace {

constexpr double rate = 1e-3;

class ModelGradient : public ::testing::TestWithParam<Configuration> {
 protected:
  ModelGradient() {
    Facts facts = facts_of(GetParam().rows);
    facts.dtype = DType::f64;
    model_ = models::make_model(context_, GetParam().model, facts, 5);
  }

  /// The loss of the weights of now; the step that finds it out is taken.
  double step() {
    const TrainConfig config{.epochs = 1,
                             .patience = 0,
                             .optimizer = SgdConfig{.learning_rate = rate, .momentum = 0},
                             .schedule = {},
                             .l2 = {}};
    Trainer trainer(context_, *model_, config, rows_, {}, 6);
    double loss = 0;
    trainer.run(
        {.epoch = [&](const EpochReport& report) { loss = report.loss(); }, .should_continue = {}});
    return loss;
  }

  std::vector<std::vector<double>> values() {
    std::vector<std::vector<double>> all;
    for (const Parameter* parameter : model_->parameters()) {
      all.push_back(parameter->value.to_host<double>());
    }
    return all;
  }
  void restore(const std::vector<std::vector<double>>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      model_->parameters()[i]->value.assign(std::as_bytes(std::span(all[i])));
    }
  }

  DeviceContext context_ = cpu_context();
  DeviceRows rows_ = rows_of(context_, GetParam().rows, DType::f64);
  std::unique_ptr<Model> model_;
};

TEST_P(ModelGradient, IsThatOfFiniteDifferences) {
  const auto before = values();
  step();
  const auto after = values();
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::vector<double> gradient;
    for (std::size_t j = 0; j < before[i].size(); ++j) {
      gradient.push_back((before[i][j] - after[i][j]) / rate);
    }
    auto moved = before;
    expect_gradient(model_->parameters()[i]->name, moved[i], gradient, [&] {
      restore(moved);
      return step();
    });
  }
}

/// In place of units that have a kink somewhere.
struct Smooth {
  void operator()(models::MlpConfig& config) const {
    for (models::MlpLayer& layer : config.layers) layer.activation = Activation::sigmoid;
  }
  template <class Config>
  void operator()(Config& config) const {
    if constexpr (requires { config.activation; }) config.activation = Activation::sigmoid;
  }
};

/// But those whose loss draws: a step's chain depends on its weights, and its gradient holds it
/// fixed.
std::vector<Configuration> without_draws() {
  std::vector<Configuration> all = configurations();
  std::erase_if(all, [](const Configuration& configuration) {
    return std::holds_alternative<models::RbmConfig>(configuration.model);
  });
  for (Configuration& configuration : all) std::visit(Smooth(), configuration.model);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Models, ModelGradient, ::testing::ValuesIn(without_draws()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace lacuna::testing
