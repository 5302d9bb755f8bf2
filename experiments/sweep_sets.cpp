#include "experiments/sweep_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "experiments/experiment_json.hpp"
#include "runtime/config/override.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

/// All combinations of the grid's values, the last key's fastest.
std::vector<Changes> combinations(const std::map<std::string, std::vector<Json>>& grid) {
  std::vector<Changes> all{{}};
  for (const auto& [key, values] : grid) {
    std::vector<Changes> longer;
    for (const Changes& some : all) {
      for (const Json& value : values) {
        longer.push_back(some);
        longer.back()[key] = value;
      }
    }
    all = std::move(longer);
  }
  return all;
}

/// Another split, or another way to judge, would make the sets' scores say something else.
void check_keys(const SweepConfig& sweep, const Json& experiment) {
  constexpr std::array<std::string_view, 2> parts{"model", "train"};
  const auto check = [&](const std::string& key, const Json& value) {
    config::check_path(key, value.place(), experiment, parts,
                       "sweep: '" + key + "': only keys of model and train can be tried");
  };
  for (const auto& [key, values] : sweep.grid) check(key, values.front());
  for (const Changes& changes : sweep.list) {
    for (const auto& [key, value] : changes) check(key, value);
  }
}

}  // namespace

std::vector<Changes> sets_of(const SweepConfig& sweep) {
  std::vector<Changes> all = sweep.grid.empty() ? std::vector<Changes>{} : combinations(sweep.grid);
  all.insert(all.end(), sweep.list.begin(), sweep.list.end());
  std::vector<Changes> sets;
  for (const Changes& changes : all) {
    if (std::ranges::find(sets, changes) == sets.end()) sets.push_back(changes);
  }
  return sets;
}

Experiment changed(const Experiment& experiment, const Changes& changes) {
  Json json = to_json(experiment);
  for (const auto& [key, value] : changes) config::apply_override(json, key, value);
  return parse_experiment(json);
}

void check_sweep(const Experiment& experiment) {
  check_keys(*experiment.sweep, to_json(experiment));
  for (const Changes& changes : sets_of(*experiment.sweep)) changed(experiment, changes);
}

std::string text(const Changes& changes) {
  std::string line;
  for (const auto& [key, value] : changes) {
    line += fmt::format("{}{}={}", line.empty() ? "" : ", ", key, config::dump(value, 0));
  }
  return line;
}

}  // namespace lacuna::experiments
