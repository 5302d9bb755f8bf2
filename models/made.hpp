#pragma once

#include <array>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "models/input_handling.hpp"
#include "models/starting_weights.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/layers/order_masks.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

/// Which non-zeros Sparsity Normalization counts: all of the row, or those that a unit sees.
enum class CountOf { row, visible };

/// x_SN = K x / count of zeros and ones, zeros taken as missing.
struct MadeNormalization {
  static constexpr std::string_view tag = "sparsity_normalization";
  CountOf count = CountOf::row;
  std::variant<NormalizationConstant, double> k = NormalizationConstant::mean_count;

  template <class V>
  static void fields(V& v) {
    v(&MadeNormalization::count, "count",
      "what is counted: the row's non-zeros, which makes the likelihood one given the count, or "
      "those visible to each hidden unit of the first layer");
    v(&MadeNormalization::k, "k", config::above(0),
      "the constant K: mean_count (of what is counted, over the training rows), inputs, "
      "hidden_units, or a number");
  }
};

using MadeInput = std::variant<ZeroImputation, ConstantScale, MadeNormalization>;

struct MadeLayer {
  int units = 500;

  template <class V>
  static void fields(V& v) {
    v(&MadeLayer::units, "units", config::range(1, 1e6), "width of the layer");
  }
};

struct MadeConfig : StartingWeights {
  static constexpr std::string_view tag = "made";
  static constexpr bool sparse_rows = false;  ///< what it takes as input
  std::vector<MadeLayer> layers{MadeLayer{}};
  Activation activation = Activation::relu;
  int masks = 1;
  CellOrder order = CellOrder::natural;
  bool direct = false;
  bool normalize_masks = false;
  MadeInput input = ZeroImputation{};

  void check() const {
    if (layers.empty() && !direct) {
      throw std::invalid_argument("layers: empty, which needs direct connections");
    }
  }

  template <class V>
  static void fields(V& v) {
    using S = MadeConfig;
    v(&S::layers, "layers", "hidden layers from the input on");
    v(&S::activation, "activation", "of the hidden units");
    v(&S::masks, "masks", config::range(1, 10000),
      "masks that the steps of a training take in turn; likelihoods are the mean over all");
    v(&S::order, "order", "of the cells: natural, or random, another one in each mask");
    v(&S::direct, "direct", "whether outputs see the cells before them directly, too");
    v(&S::normalize_masks, "normalize_masks",
      "whether a unit's weights are scaled by the mean number of inputs that units of its layer "
      "see, over how many it sees itself");
    v(&S::input, "input",
      "how rows enter: zero_imputation (as they are), constant_scale, sparsity_normalization");
    S::weights_field(v);
  }
};

/// MADE (Germain et al., *MADE: Masked Autoencoder for Distribution Estimation*, ICML 2015) on
/// rows "input" of zeros and ones: log p(x) = sum of log p(x_d | cells before d). With Sparsity
/// Normalization (Yi et al., *Why Not to Use Zero Imputation?*, section 4.5 and appendix F) by the
/// row's count, what the network gives is p(x | count), and the log likelihood has log p(count)
/// from the training rows, one added to each count. Parameters: layer1.weight [columns, units],
/// layer1.bias, ..., output.weight [units, columns], output.bias and, where asked for,
/// direct.weight [columns, columns]; weights at first uniform in +-1/sqrt(inputs), a function of
/// `seed`, as the masks are, whose seed is saved with the weights. Throws ConfigError for other
/// rows.
std::unique_ptr<Model> make_model(DeviceContext& context, const MadeConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

namespace lacuna::config {

template <>
struct EnumNames<models::CountOf> {
  using E = models::CountOf;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"row", E::row}, {"visible", E::visible}}};
};

template <>
struct EnumNames<CellOrder> {
  using E = CellOrder;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"natural", E::natural}, {"random", E::random}}};
};

}  // namespace lacuna::config
