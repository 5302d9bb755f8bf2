#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/fuzz/families.hpp"

namespace lacuna::fuzz {
namespace {

constexpr std::array all{Target{"amat", amat},
                         Target{"cells", cells},
                         Target{"cifar", cifar},
                         Target{"counts", counts},
                         Target{"experiment", experiment},
                         Target{"idx", idx},
                         Target{"json", json},
                         Target{"manifest", manifest},
                         Target{"metrics", metrics},
                         Target{"npy", npy},
                         Target{"outcome", outcome},
                         Target{"override", override_value},
                         Target{"packed", packed},
                         Target{"png", png},
                         Target{"probe", probe},
                         Target{"ratings", ratings},
                         Target{"safetensors", safetensors},
                         Target{"table", table},
                         Target{"tar", tar},
                         Target{"titles", titles}};

}  // namespace

std::span<const Target> targets() {
  return all;
}

const Target& target(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Target::name);
  if (found == all.end()) throw std::out_of_range("no such target");
  return *found;
}

}  // namespace lacuna::fuzz
