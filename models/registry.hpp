#pragma once

#include <memory>
#include <variant>

#include "models/autorec.hpp"
#include "models/mlp.hpp"

namespace lacuna::models {

/// Every model a configuration can name; "type" chooses.
using ModelConfig = std::variant<AutoRecConfig, MlpConfig>;

/// The model with its initial weights, a function of `seed`.
std::unique_ptr<Model> make_model(DeviceContext& context, const ModelConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models
