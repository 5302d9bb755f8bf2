#include "models/registry.hpp"

namespace lacuna::models {

std::unique_ptr<Trainable<float>> make_model(DeviceContext& context, const ModelConfig& config,
                                             const InputStatistics& input, std::uint64_t seed) {
  return std::visit(
      [&](const AutoRecConfig& autorec) -> std::unique_ptr<Trainable<float>> {
        return std::make_unique<AutoRec<float>>(context, autorec, input, seed);
      },
      config);
}

}  // namespace lacuna::models
