#pragma once

#include <memory>

#include "models/input_handling.hpp"
#include "models/starting_weights.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

struct AutoRecConfig : StartingWeights {
  static constexpr std::string_view tag = "autorec";
  static constexpr bool sparse_rows = true;  ///< what it takes as input
  int hidden_units = 500;
  Activation activation = Activation::sigmoid;
  InputHandling input;
  double weight_stddev = 0.01;
  double bias_stddev = 0.001;

  template <class V>
  static void fields(V& v) {
    using S = AutoRecConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "width of the hidden layer");
    v(&S::activation, "activation", "of the hidden layer; the output is linear");
    v(&S::input, "input", "how rows with missing entries enter the network");
    v(&S::weight_stddev, "weight_stddev", config::at_least(0),
      "standard deviation of the initial weights");
    v(&S::bias_stddev, "bias_stddev", config::at_least(0),
      "standard deviation of the initial biases");
    S::weights_field(v);
  }
};

/// AutoRec (Sedhain et al., 2015): sparse rows through one hidden layer, h(r) = V^T g(s W^T r + mu)
/// + b with the squared error over observed entries, and Sparsity Normalization's s where it is on.
/// Fields: "input" and "target". Parameters: encoder.weight [d, units], encoder.bias [units],
/// decoder.weight [d, units], decoder.bias [d], for rows of d columns. The initial weights are a
/// function of `seed`.
std::unique_ptr<Model> make_model(DeviceContext& context, const AutoRecConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models
