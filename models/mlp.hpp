#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "models/input_handling.hpp"
#include "models/penalties.hpp"
#include "models/starting_weights.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

struct MlpLayer {
  int units = 100;
  Activation activation = Activation::relu;
  double dropout = 0;
  ops::DropoutScale dropout_scale = ops::DropoutScale::expected;
  std::optional<SparsityNormalized> normalize;
  std::vector<Penalty> penalties;

  template <class V>
  static void fields(V& v) {
    v(&MlpLayer::units, "units", config::range(1, 1e6), "width of the layer");
    v(&MlpLayer::activation, "activation", "of its units");
    v(&MlpLayer::dropout, "dropout", config::range(0, 0.999),
      "share of its units that is dropped in training, the others scaled up");
    v(&MlpLayer::dropout_scale, "dropout_scale",
      "by what: expected, 1 / (1 - dropout), or kept, units / those kept of the row (Sparsity "
      "Normalization)");
    v(&MlpLayer::normalize, "normalize",
      "Sparsity Normalization of its units, counted where they are not 0");
    v(&MlpLayer::penalties, "penalties", "on its units, added to the loss");
  }
};

/// Weights of classes in the loss: all alike, or so that each class weighs the same in all.
enum class ClassWeights { none, balanced };

struct MlpConfig : StartingWeights {
  static constexpr std::string_view tag = "mlp";
  static constexpr bool sparse_rows = false;  ///< what it takes as input
  std::vector<MlpLayer> layers{MlpLayer{}};
  InputHandling input = ZeroImputation{};
  double input_dropout = 0;
  ops::DropoutScale input_dropout_scale = ops::DropoutScale::expected;
  bool biases = true;
  std::variant<ClassWeights, std::vector<double>> class_weights = ClassWeights::none;

  template <class V>
  static void fields(V& v) {
    using S = MlpConfig;
    v(&S::layers, "layers", "hidden layers from the input on; none: a linear model");
    v(&S::input, "input", "how rows with missing entries enter the network");
    v(&S::input_dropout, "input_dropout", config::range(0, 0.999),
      "share of the inputs that is dropped in training");
    v(&S::input_dropout_scale, "input_dropout_scale", "as a layer's dropout_scale");
    v(&S::biases, "biases", "whether layers have biases");
    v(&S::class_weights, "class_weights",
      "of classes in the loss: none, balanced (each class weighs the same in all), or a number "
      "for each class");
    S::weights_field(v);
  }
};

/// A network of dense layers, f_L(... f_1(x W_1 + b_1) ... W_L + b_L), on rows "input". With
/// classes as "target" its outputs are logits, the loss their cross-entropy and the prediction
/// probabilities; with numbers they are predictions under the squared error. "weight" weighs rows,
/// where there is one. Parameters: layer1.weight [inputs, units], layer1.bias [units], ...,
/// output.weight, output.bias, at first uniform in +-1/sqrt(inputs), a function of `seed`.
std::unique_ptr<Model> make_model(DeviceContext& context, const MlpConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

template <>
struct lacuna::config::EnumNames<lacuna::models::ClassWeights> {
  using E = lacuna::models::ClassWeights;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"none", E::none}, {"balanced", E::balanced}}};
};

template <>
struct lacuna::config::EnumNames<lacuna::ops::DropoutScale> {
  using E = lacuna::ops::DropoutScale;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"expected", E::expected}, {"kept", E::kept}}};
};
