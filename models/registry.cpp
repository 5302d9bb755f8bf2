#include "models/registry.hpp"

namespace lacuna::models {

namespace {

std::unique_ptr<Model> make(DeviceContext& context, const AutoRecConfig& config, const Facts& facts,
                            std::uint64_t seed) {
  return make_autorec(context, config, facts, seed);
}

std::unique_ptr<Model> make(DeviceContext& context, const MlpConfig& config, const Facts& facts,
                            std::uint64_t seed) {
  return make_mlp(context, config, facts, seed);
}

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const ModelConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::visit([&](const auto& chosen) { return make(context, chosen, facts, seed); }, config);
}

}  // namespace lacuna::models
