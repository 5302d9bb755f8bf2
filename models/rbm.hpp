#pragma once

#include <array>
#include <memory>
#include <utility>

#include "kernels/rbm/free_energy.hpp"
#include "models/starting_weights.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/train/facts.hpp"
#include "runtime/train/model.hpp"

namespace lacuna::models {

struct RbmConfig : StartingWeights {
  static constexpr std::string_view tag = "rbm";
  static constexpr bool sparse_rows = false;  ///< what it takes as input
  int hidden_units = 500;
  VisibleUnits visible = VisibleUnits::binary;
  int gibbs_steps = 1;
  bool persistent = false;
  bool sample_visible = true;
  double weight_stddev = 0.01;
  int sample_steps = 1000;

  template <class V>
  static void fields(V& v) {
    using S = RbmConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "binary hidden units");
    v(&S::visible, "visible",
      "visible units: binary, of data from 0 to 1, or gaussian, of variance 1");
    v(&S::gibbs_steps, "gibbs_steps", config::range(1, 10000),
      "k of contrastive divergence: steps of the chain in each training step");
    v(&S::persistent, "persistent",
      "chains, one a row of a batch, go on from step to step, from zeros (PCD), instead of "
      "beginning at the data (CD)");
    v(&S::sample_visible, "sample_visible",
      "whether the chain draws visible units; false: it goes on with their means");
    v(&S::weight_stddev, "weight_stddev", config::at_least(0),
      "standard deviation of the initial weights; biases begin at 0");
    v(&S::sample_steps, "sample_steps", config::range(1, 10000),
      "steps of the chains that samples are drawn by; they begin at data");
    S::weights_field(v);
  }
};

/// A restricted Boltzmann machine on complete rows "input", trained by contrastive divergence
/// (Hinton, 2002) or its persistent form (Tieleman, 2008). Its code is p(h = 1 | v), its
/// reconstruction the mean of v given that. Gaussian units have no pseudo-likelihood; that of
/// values between 0 and 1, taken as probabilities, is a score only. Parameters: weight [visible,
/// hidden], visible_bias, hidden_bias, a function of `seed`. Throws ConfigError for missing cells,
/// and for binary units where data lie outside of [0, 1].
std::unique_ptr<Model> make_model(DeviceContext& context, const RbmConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models

template <>
struct lacuna::config::EnumNames<lacuna::VisibleUnits> {
  using E = lacuna::VisibleUnits;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"binary", E::binary}, {"gaussian", E::gaussian}}};
};
