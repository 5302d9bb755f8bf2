#include "models/registry.hpp"

namespace lacuna::models {

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
