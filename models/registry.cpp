#include "models/registry.hpp"

namespace lacuna::models {

std::optional<std::string>& weights_of(ModelConfig& config) {
  return std::visit(
      [](StartingWeights& chosen) -> std::optional<std::string>& { return chosen.weights; },
      config);
}

const std::optional<std::string>& weights_of(const ModelConfig& config) {
  return std::visit(
      [](const StartingWeights& chosen) -> const std::optional<std::string>& {
        return chosen.weights;
      },
      config);
}

std::unique_ptr<Model> make_model(DeviceContext& context, const ModelConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  return std::visit(
      [&]<class Config>(const Config& chosen) {
        // Its own overload: a call would take this function, for ever, where there is none.
        std::unique_ptr<Model> (*own)(DeviceContext&, const Config&, const Facts&, std::uint64_t) =
            make_model;
        return own(context, chosen, facts, seed);
      },
      config);
}

}  // namespace lacuna::models
