#pragma once

#include <memory>
#include <variant>

#include "models/autoencoder.hpp"
#include "models/autoimpute.hpp"
#include "models/autorec.hpp"
#include "models/cf_nade.hpp"
#include "models/made.hpp"
#include "models/mlp.hpp"
#include "models/rbm.hpp"

namespace lacuna::models {

/// Every model a configuration can name, each in a line; "type" chooses. Its header has the
/// overload of make_model() that takes its configuration.
using ModelConfig = std::variant<AutoRecConfig, CfNadeConfig, MlpConfig, AutoencoderConfig,
                                 RbmConfig, MadeConfig, AutoImputeConfig>;

/// The file or folder that training starts from; nothing: it starts from the seed's weights.
std::optional<std::string>& weights_of(ModelConfig& config);
const std::optional<std::string>& weights_of(const ModelConfig& config);

/// The model with its initial weights, a function of `seed`.
std::unique_ptr<Model> make_model(DeviceContext& context, const ModelConfig& config,
                                  const Facts& facts, std::uint64_t seed);

}  // namespace lacuna::models
