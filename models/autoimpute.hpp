#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "models/input_handling.hpp"
#include "models/starting_weights.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

/// How products with rows that have holes are computed: from their entries, or from whole rows.
enum class RowProducts { by_density, sparse, dense };

struct AutoImputeConfig : StartingWeights {
  static constexpr std::string_view tag = "autoimpute";
  static constexpr bool sparse_rows = true;  ///< what it takes as input
  int hidden_units = 2000;
  InputHandling input;
  double weight_stddev = 0.1;
  double bias_stddev = 0.1;
  RowProducts products = RowProducts::by_density;

  template <class V>
  static void fields(V& v) {
    using S = AutoImputeConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "width of the hidden layer");
    v(&S::input, "input", "how rows with missing entries enter the network");
    v(&S::weight_stddev, "weight_stddev", config::at_least(0),
      "standard deviation of the initial weights; its authors' is 1, which holds the units of wide "
      "rows at 0 and 1");
    v(&S::bias_stddev, "bias_stddev", config::at_least(0),
      "standard deviation of the initial biases");
    v(&S::products, "products",
      "sparse: over the entries alone, dense: over whole rows, zeros and all; by_density: the "
      "faster of the two on a CPU");
    S::weights_field(v);
  }
};

/// AutoImpute (Talwar et al., 2018): rows with holes through one hidden layer of sigmoids and a
/// linear decoder, h(x) = V^T sigmoid(s W^T x + c) + b, with the squared error over observed
/// entries, and Sparsity Normalization's s where it is on (Yi et al.).
/// Fields: "input" and "target". Parameters: encoder.weight [d, units], encoder.bias [units],
/// decoder.weight [d, units], decoder.bias [d], for rows of d columns, at first normal numbers,
/// functions of `seed`. Dense products give the same up to rounding.
std::unique_ptr<Model> make_model(DeviceContext& context, const AutoImputeConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

namespace lacuna::config {

template <>
struct EnumNames<models::RowProducts> {
  using E = models::RowProducts;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"by_density", E::by_density}, {"sparse", E::sparse}, {"dense", E::dense}}};
};

}  // namespace lacuna::config
