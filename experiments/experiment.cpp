#include "experiments/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/override.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

using config::Json;

void EvaluateConfig::check() const {
  const auto* range = std::get_if<std::array<double, 2>>(&clip);
  if (range != nullptr && !((*range)[0] < (*range)[1])) {
    throw std::invalid_argument("clip: the low end must be below the high end");
  }
}

namespace {

Json with_overrides(Json root, const std::vector<std::string>& overrides) {
  for (const std::string& assignment : overrides) config::apply_override(root, assignment);
  return root;
}

/// The launch's own settings (seeds, device, output) are the same for all variants.
void check_variant_key(const Json::Member& change) {
  constexpr std::array parts{"data", "model", "train", "evaluate"};
  const std::string part = change.key.substr(0, change.key.find('.'));
  if (std::ranges::find(parts, part) != parts.end()) return;
  throw ConfigError(
      fmt::format("{}: variants: '{}': a variant may change data, model, train and "
                  "evaluate only",
                  config::to_string(change.key_place), change.key));
}

std::vector<Variant> variants_of(const Json& root, const std::vector<std::string>& overrides) {
  const Json whole = with_overrides(root, overrides);
  const Json* listed = whole.find("variants");
  if (listed == nullptr || listed->as_object().empty()) {
    return {{"", config::parse<Experiment>(whole)}};
  }
  std::vector<Variant> variants;
  for (const Json::Member& member : listed->as_object()) {
    Json changed = root;
    for (const Json::Member& change : member.value.as_object()) {
      check_variant_key(change);
      Json value = change.value;
      value.relocate(change.key_place);
      config::apply_override(changed, change.key, std::move(value));
    }
    changed = with_overrides(std::move(changed), overrides);
    variants.push_back({member.key, config::parse<Experiment>(changed)});
  }
  return variants;
}

std::vector<std::uint64_t> seeds_of(const Experiment& experiment) {
  if (const auto* list = std::get_if<std::vector<std::uint64_t>>(&experiment.seeds)) {
    std::vector<std::uint64_t> sorted = *list;
    std::ranges::sort(sorted);
    if (list->empty() || std::ranges::adjacent_find(sorted) != sorted.end()) {
      throw ConfigError("seeds: the list must hold at least one seed, and each only once");
    }
    return *list;
  }
  const int count = std::get<int>(experiment.seeds);
  if (count < 1) throw ConfigError("seeds: at least one run is needed");
  std::vector<std::uint64_t> seeds;
  for (int i = 0; i < count; ++i) {
    seeds.push_back(experiment.seed + static_cast<std::uint64_t>(i));
  }
  return seeds;
}

}  // namespace

Plan load_plan(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  const Json root = config::read_json(io::expand_home(file.string()));
  const Experiment whole = config::parse<Experiment>(with_overrides(root, overrides));
  Plan plan{.name = whole.name.value_or(file.stem().string()),
            .variants = variants_of(root, overrides),
            .seeds = seeds_of(whole),
            .device = whole.device,
            .threads = whole.threads,
            .output = whole.output};
  for (Variant& variant : plan.variants) variant.experiment.name = plan.name;
  return plan;
}

}  // namespace lacuna::experiments
