#pragma once

#include <memory>
#include <stdexcept>

#include "models/input_handling.hpp"
#include "models/starting_weights.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

/// Which weights the levels of a column have.
enum class LevelSharing {
  none,       ///< each its own
  cumulative  ///< the sum of those up to it
};

struct CfNadeConfig : StartingWeights {
  static constexpr std::string_view tag = "cf_nade";
  static constexpr bool sparse_rows = true;  ///< what it takes as input
  int hidden_units = 500;
  Activation activation = Activation::tanh;
  InputHandling input;
  LevelSharing sharing = LevelSharing::none;
  double ordinal_weight = 1;
  int levels = 0;

  void check() const {
    if (levels == 1)
      throw std::invalid_argument("levels: one leaves nothing to learn; 0, or 2 to 64");
  }

  template <class V>
  static void fields(V& v) {
    using S = CfNadeConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "width of the hidden layer");
    v(&S::activation, "activation", "of the hidden layer");
    v(&S::input, "input",
      "how the sum over a row's given entries is scaled; with cumulative sharing count_by mask "
      "counts these entries, and non_zeros the weights that they add up");
    v(&S::sharing, "sharing",
      "none: each level of a column has weights of its own; cumulative: a level's are the sum of "
      "those up to it");
    v(&S::ordinal_weight, "ordinal_weight", config::range(0, 1),
      "share of the ordinal cost in the loss; the rest is minus the log likelihood");
    v(&S::levels, "levels", config::range(0, 64),
      "so many values, evenly from the least to the most training entry, that entries are rounded "
      "to; 0: the values of the training entries, of which there may be 64");
    S::weights_field(v);
  }
};

/// CF-NADE (Zheng et al., 2016) with one hidden layer, for the D entries of a row at L levels: in
/// training d of them are given, d uniform on 0 .. D - 1 and drawn anew in every epoch, and the
/// others are asked for, their cost times D / (D - d); to predict, all are given.
///   h = g(s sum over given (i, k) of W[i L + k] + c),  score[j, k] = V[j L + k] . h + b[j L + k],
/// with s = K / max(number of given, 1) where Sparsity Normalization is on (Yi et al.). A
/// prediction is what is expected by the softmax of the scores.
/// Fields: "input" and "target". Parameters: encoder.weight [d L, units], encoder.bias [units],
/// decoder.weight [d L, units], decoder.bias [d L]; statistics: levels [L]; weights are uniform by
/// Glorot and Bengio, the decoder's biases logarithms of the levels' frequencies. Throws
/// ConfigError where the training entries have more levels than are possible.
std::unique_ptr<Model> make_model(DeviceContext& context, const CfNadeConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

namespace lacuna::config {

template <>
struct EnumNames<models::LevelSharing> {
  using E = models::LevelSharing;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"none", E::none}, {"cumulative", E::cumulative}}};
};

}  // namespace lacuna::config
