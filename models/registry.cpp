#include "models/registry.hpp"

namespace lacuna::models {

std::unique_ptr<Model> make_model(DeviceContext& context, const ModelConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::visit([&](const auto& chosen) { return make_model(context, chosen, facts, seed); },
                    config);
}

}  // namespace lacuna::models
