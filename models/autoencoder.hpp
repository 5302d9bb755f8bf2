#pragma once

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/input_handling.hpp"
#include "models/penalties.hpp"
#include "models/starting_weights.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

enum class ReconstructionLoss { squared, cross_entropy };

struct AutoencoderConfig : StartingWeights {
  static constexpr std::string_view tag = "autoencoder";
  static constexpr bool sparse_rows = false;  ///< what it takes as input
  int hidden_units = 500;
  Activation activation = Activation::relu;
  bool tied = true;
  Activation decoder = Activation::identity;
  ReconstructionLoss loss = ReconstructionLoss::squared;
  InputHandling input = ZeroImputation{};
  std::vector<Penalty> penalties;

  void check() const {
    if (decoder != Activation::identity && decoder != Activation::sigmoid) {
      throw std::invalid_argument("decoder must be identity or sigmoid");
    }
    if (loss == ReconstructionLoss::cross_entropy && decoder != Activation::sigmoid) {
      throw std::invalid_argument("loss cross_entropy needs the decoder sigmoid");
    }
    if (tied && std::holds_alternative<Indicators>(input)) {
      throw std::invalid_argument(
          "tied: the decoder has the encoder's weights, and does not predict indicators; set tied "
          "to false");
    }
  }

  template <class V>
  static void fields(V& v) {
    using S = AutoencoderConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "width of the code");
    v(&S::activation, "activation", "of the code");
    v(&S::tied, "tied", "whether the decoder's weights are the encoder's, transposed");
    v(&S::decoder, "decoder", "activation of the reconstruction: identity or sigmoid");
    v(&S::loss, "loss",
      "squared error or cross_entropy, summed over a row's observed cells, in the mean over rows");
    v(&S::input, "input", "how rows with missing entries enter the network");
    v(&S::penalties, "penalties", "on the code, added to the loss");
    S::weights_field(v);
  }
};

/// An autoencoder of one hidden layer, x -> g(f(x W + c) V^T + b), V = W where it is tied, on rows
/// "input", whose observed cells it learns to give back. Parameters: encoder.weight [inputs,
/// units], encoder.bias [units], decoder.weight [columns, units] unless tied, decoder.bias
/// [columns]; weights at first uniform in +-sqrt(6 / (inputs + units)) (Glorot and Bengio, 2010),
/// biases 0, a function of `seed`. Throws ConfigError where a cross entropy of other data than
/// those in [0, 1] is asked for.
std::unique_ptr<Model> make_model(DeviceContext& context, const AutoencoderConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

template <>
struct lacuna::config::EnumNames<lacuna::models::ReconstructionLoss> {
  using E = lacuna::models::ReconstructionLoss;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"squared", E::squared}, {"cross_entropy", E::cross_entropy}}};
};
