#include <gtest/gtest.h>

#include <concepts>
#include <set>

#include "tests/models/configurations.hpp"

namespace lacuna::testing {
namespace {

/// Which alternatives of the lists the configurations have.
struct Seen {
  std::set<std::size_t> models;
  std::set<std::size_t> inputs;
  std::set<std::size_t> penalties;

  template <class Part>
  void add_parts(const Part& part) {
    if constexpr (requires {
                    { part.input } -> std::same_as<const models::InputHandling&>;
                  }) {
      inputs.insert(part.input.index());
    }
    if constexpr (requires { part.penalties; }) {
      for (const models::Penalty& penalty : part.penalties) penalties.insert(penalty.index());
    }
    if constexpr (requires { part.layers; }) {
      for (const auto& layer : part.layers) add_parts(layer);
    }
  }
};

TEST(Configurations, HaveEveryModelInputAndPenalty) {
  Seen seen;
  for (const Configuration& configuration : configurations()) {
    seen.models.insert(configuration.model.index());
    std::visit([&](const auto& model) { seen.add_parts(model); }, configuration.model);
  }
  EXPECT_EQ(seen.models.size(), std::variant_size_v<models::ModelConfig>);
  EXPECT_EQ(seen.inputs.size(), std::variant_size_v<models::InputHandling>);
  EXPECT_EQ(seen.penalties.size(), std::variant_size_v<models::Penalty>);
}

}  // namespace
}  // namespace lacuna::testing
