#pragma once

#include <optional>
#include <string>

#include "runtime/config/fields.hpp"

namespace lacuna::models {

/// What every model's configuration has: whose weights it begins with.
struct StartingWeights {
  std::optional<std::string> weights;

  template <class V>
  static void weights_field(V& v) {
    v(&StartingWeights::weights, "weights",
      "a safetensors file as runs save it, or a run's folder: training starts from its weights; "
      "absent: from the seed's");
  }
};

}  // namespace lacuna::models
