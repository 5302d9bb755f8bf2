#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// The penalty (lambda / 2) * sum over the chosen parameters of the squared Frobenius norm, added
/// to the loss (Sedhain et al., eq. 2; equation 33 of *Sparsity Normalization* prints the norm
/// unsquared, its authors' code squares it). Biases are not decayed unless they are named.
struct L2Config {
  double lambda = 0;
  std::optional<std::vector<std::string>> on;
  bool decoupled = false;

  template <class V>
  static void fields(V& v) {
    v(&L2Config::lambda, "lambda", config::range(0, 1e30), "coefficient of half the squared norm");
    v(&L2Config::decoupled, "decoupled",
      "true: no term of the loss, but weights shrink by learning_rate * lambda at each step "
      "(AdamW)");
    v(&L2Config::on, "on", "names of the parameters it holds for; absent: all weights, no biases");
  }
};

/// The penalty as it applies to a model's parameters.
class L2Penalty {
 public:
  /// Throws ConfigError where `on` names a parameter that the model does not have.
  L2Penalty(const L2Config& config, const std::vector<Parameter*>& parameters);

  /// lambda of this parameter's term in the loss, or 0.
  double l2(const Parameter& parameter) const;
  /// lambda of its decoupled decay, or 0.
  double decay(const Parameter& parameter) const;

  /// Puts on the stream what tells the penalty's value now; nothing where it is 0 anyway.
  void measure(DeviceContext& context);
  /// What measure() told last, 0 where the decay is decoupled; waits for it.
  double value() const;

 private:
  bool penalizes(const Parameter& parameter) const;

  double lambda_;
  bool decoupled_;
  std::vector<const Parameter*> penalized_;
  Array<double> squares_;  // of the penalized ones, on the device
  std::unique_ptr<DeviceReadback> measured_;
};

}  // namespace lacuna
