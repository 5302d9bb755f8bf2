#include "experiments/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
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

void Experiment::check() const {
  if (const int* count = std::get_if<int>(&seeds);
      count != nullptr && (*count < 1 || *count > 10000)) {
    throw std::invalid_argument("seeds: a count must lie between 1 and 10000");
  }
  if (const auto* list = std::get_if<std::vector<std::uint64_t>>(&seeds)) {
    std::vector<std::uint64_t> sorted = *list;
    std::ranges::sort(sorted);
    if (sorted.empty() || std::ranges::adjacent_find(sorted) != sorted.end()) {
      throw std::invalid_argument("seeds: a list must hold at least one seed, and each only once");
    }
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
  if (const auto* list = std::get_if<std::vector<std::uint64_t>>(&experiment.seeds)) return *list;
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(std::get<int>(experiment.seeds)));
  std::iota(seeds.begin(), seeds.end(), experiment.seed);
  return seeds;
}

/// What only a model can tell, asked of a small one: the names in train.l2.on.
void check_model(const Experiment& experiment) {
  DeviceContext context(Device::cpu, 1);
  const auto model =
      models::make_model(context, experiment.model, {.columns = 1, .mean_count = 1}, 0);
  L2Penalty(experiment.train.l2, model->parameters());
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
  choose_device(plan.device);
  for (Variant& variant : plan.variants) {
    variant.experiment.name = plan.name;
    check_model(variant.experiment);
  }
  return plan;
}

}  // namespace lacuna::experiments
