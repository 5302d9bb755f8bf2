#include "experiments/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "experiments/experiment_json.hpp"
#include "experiments/run/starting_weights.hpp"
#include "experiments/small_model.hpp"
#include "experiments/sweep_sets.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/config/override.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/run_directory.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

Json with_overrides(Json root, const std::vector<std::string>& overrides) {
  for (const std::string& assignment : overrides) config::apply_override(root, assignment);
  return root;
}

/// The launch's own settings (seeds, device, output) are the same for all variants.
void check_variant_key(const Json::Member& change, const Json& experiment) {
  constexpr std::array<std::string_view, 4> parts{"data", "model", "train", "evaluate"};
  config::check_path(
      change.key, change.key_place, experiment, parts,
      fmt::format("variants: '{}': a variant may change data, model, train and evaluate only",
                  change.key));
}

std::vector<Variant> variants_of(const Json& root, const std::vector<std::string>& overrides) {
  const Json whole = with_overrides(root, overrides);
  const Experiment experiment = parse_experiment(whole);
  const Json* listed = whole.find("variants");
  if (listed == nullptr || listed->as_object().empty()) return {{"", experiment}};
  const Json with_defaults = to_json(experiment);
  std::vector<Variant> variants;
  for (const Json::Member& member : listed->as_object()) {
    Json changed = root;
    for (const Json::Member& change : member.value.as_object()) {
      check_variant_key(change, with_defaults);
      Json value = change.value;
      value.relocate(change.key_place);
      config::apply_override(changed, change.key, std::move(value));
    }
    changed = with_overrides(std::move(changed), overrides);
    variants.push_back({member.key, parse_experiment(changed)});
  }
  return variants;
}

/// A file without variants has one without a name.
std::vector<std::string_view> variant_names(const Json& root) {
  const Json* listed = root.find("variants");
  if (listed == nullptr || listed->as_object().empty()) return {""};
  std::vector<std::string_view> names;
  for (const Json::Member& variant : listed->as_object()) names.push_back(variant.key);
  return names;
}

/// A value under a name of no variant would be lost without a word. The file alone is judged:
/// overrides may leave variants out.
void check_paper(const Json& root) {
  const Json* paper = root.find("paper");
  if (paper == nullptr) return;
  const std::vector<std::string_view> names = variant_names(root);
  for (const Json& cells : paper->as_array()) {
    for (const Json::Member& value : cells.at("values").as_object()) {
      if (std::ranges::find(names, value.key) != names.end()) continue;
      throw ConfigError(fmt::format("{}: paper: no variant is named '{}'; {}",
                                    config::to_string(value.key_place), value.key,
                                    config::did_you_mean(value.key, names, "variants")));
    }
  }
}

std::vector<std::uint64_t> seeds_of(const Experiment& experiment) {
  if (const auto* list = std::get_if<SeedList>(&experiment.seeds)) return *list;
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(std::get<int>(experiment.seeds)));
  const bool split = experiment.seeds_vary == SeedsVary::split;
  std::iota(seeds.begin(), seeds.end(), split ? split_seed(experiment.data) : experiment.seed);
  return seeds;
}

/// What only a model can tell, asked of a small one: the names in train.l2.on.
void check_model(const Experiment& experiment) {
  DeviceContext context(Device::cpu, 1);
  L2Penalty(experiment.train.l2, small_model(context, experiment)->parameters());
}

Plan plan_of(const Experiment& whole, std::string name, std::vector<Variant> variants,
             std::vector<std::uint64_t> seeds) {
  Plan plan{.name = std::move(name),
            .variants = std::move(variants),
            .seeds = std::move(seeds),
            .seeds_vary = whole.seeds_vary,
            .device = whole.device,
            .threads = whole.threads,
            .output = whole.output};
  for (Variant& variant : plan.variants) {
    variant.experiment.name = plan.name;
    if (!has_test(variant.experiment.data)) {
      variant.experiment.evaluate = without_test(variant.experiment.evaluate);
    }
    variant.experiment.variants.clear();
  }
  return plan;
}

/// A launch has one table of results.
void check_task(const std::vector<Variant>& variants) {
  const TaskKind& first = kind_of(variants.front().experiment.evaluate);
  for (const Variant& variant : variants) {
    const TaskKind& kind = kind_of(variant.experiment.evaluate);
    if (&kind == &first) continue;
    throw ConfigError(fmt::format(
        "variants: '{}' is of the task {}, '{}' of {}: give each task a file of its own",
        variants.front().name, first.name(), variant.name, kind.name()));
  }
}

Plan checked(Plan plan) {
  choose_device(plan.device);
  check_names(plan.variants);
  check_task(plan.variants);
  for (const Variant& variant : plan.variants) check_model(variant.experiment);
  return plan;
}

constexpr std::array<std::string_view, 3> place_keys{"data.path", "device", "threads"};

std::string_view key_of(std::string_view assignment) {
  return assignment.substr(0, assignment.find('='));
}

void check_override(const std::string& assignment) {
  constexpr std::array<std::string_view, 6> allowed{
      "train.epochs",     "train.patience",   "train.schedule", "train.optimizer.learning_rate",
      "train.cuda_graph", "output.checkpoint"};
  if (changes_place_only(assignment)) return;
  const std::string_view key = key_of(assignment);
  const auto covers = [&](std::string_view known) {
    return key == known || key.starts_with(std::string(known) + ".");
  };
  if (std::ranges::any_of(allowed, covers)) return;
  std::string keys;
  for (const std::string_view known : allowed) keys += std::string(known) + ", ";
  throw ConfigError(fmt::format(
      "{}: a run that is resumed may change only {}data.path, device and threads; train "
      "anew for others",
      assignment, keys));
}

/// Under the cosine schedule all rates so far depend on the number of epochs.
void check_rates(const Plan& before, const Plan& now) {
  for (std::size_t i = 0; i < now.variants.size(); ++i) {
    const TrainConfig& was = before.variants[i].experiment.train;
    const TrainConfig& is = now.variants[i].experiment.train;
    const bool cosine = std::holds_alternative<CosineSchedule>(was.schedule) &&
                        std::holds_alternative<CosineSchedule>(is.schedule);
    if (!cosine || was.epochs == is.epochs) continue;
    throw ConfigError(
        fmt::format("train.epochs={}: under the cosine schedule all rates so far would have been "
                    "others; change train.schedule as well, or train anew",
                    is.epochs));
  }
}

}  // namespace

void check_names(const std::vector<Variant>& variants) {
  std::map<std::filesystem::path, std::string> taken;
  for (const Variant& variant : variants) {
    const auto [other, fresh] = taken.emplace(io::run_folder("", variant.name, 0), variant.name);
    if (fresh) continue;
    throw ConfigError(fmt::format(
        "variants: '{}' and '{}' differ in special characters only and would share the folder {}; "
        "rename one",
        other->second, variant.name, other->first.parent_path().string()));
  }
}

Experiment with_seed(const Variant& variant, std::uint64_t seed) {
  Experiment single = variant.experiment;
  if (single.seeds_vary != SeedsVary::split) single.seed = seed;
  if (single.seeds_vary != SeedsVary::training) {
    set_split_seed(single.data, seed);
  }
  return single;
}

Plan load_plan(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  const Json root = config::read_json(io::expand_home(file.string()));
  const Experiment whole = parse_experiment(with_overrides(root, overrides));
  Plan plan = checked(plan_of(whole, whole.name.value_or(file.stem().string()),
                              variants_of(root, overrides), seeds_of(whole)));
  check_paper(root);
  find_starting_weights(plan);
  for (const Variant& variant : plan.variants) {
    if (variant.experiment.sweep) check_sweep(variant.experiment);
  }
  return plan;
}

Json to_json(const Plan& plan) {
  Json variants = Json::array();
  for (const auto& [name, experiment] : plan.variants) {
    variants.push_back(Json::object({{"name", name}, {"experiment", to_json(experiment)}}));
  }
  Json seeds = Json::array();
  for (const std::uint64_t seed : plan.seeds) seeds.push_back(seed);
  return Json::object({{"name", plan.name}, {"seeds", seeds}, {"variants", variants}});
}

Plan parse_plan(const Json& json, const std::vector<std::string>& overrides) {
  std::vector<Variant> variants;
  for (const Json& variant : json.at("variants").as_array()) {
    variants.push_back({variant.at("name").as_string(),
                        parse_experiment(with_overrides(variant.at("experiment"), overrides))});
  }
  if (variants.empty()) throw ConfigError("it has no variants");
  std::vector<std::uint64_t> seeds;
  for (const Json& seed : json.at("seeds").as_array()) seeds.push_back(seed.as_uint64());
  const Experiment whole = variants.front().experiment;
  return plan_of(whole, json.at("name").as_string(), std::move(variants), std::move(seeds));
}

Plan make_plan(const Json& json, const std::vector<std::string>& overrides) {
  std::ranges::for_each(overrides, check_override);
  Plan plan = checked(parse_plan(json, overrides));
  check_rates(parse_plan(json), plan);
  return plan;
}

bool changes_place_only(std::string_view assignment) {
  return std::ranges::find(place_keys, key_of(assignment)) != place_keys.end();
}

}  // namespace lacuna::experiments
