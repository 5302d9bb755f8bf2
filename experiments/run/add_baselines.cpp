#include "experiments/run/add_baselines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "experiments/experiment_json.hpp"

namespace lacuna::experiments {

bool several_data_sets(const std::vector<Variant>& variants) {
  const auto data = [](const Variant& variant) {
    DataConfig any_split = variant.experiment.data;
    set_split_seed(any_split, 0);
    return to_json(any_split);
  };
  return std::ranges::adjacent_find(variants, std::not_equal_to<>{}, data) != variants.end();
}

void add_baselines(Results& results, const Task& task, const Variant& variant, bool several_data) {
  const EvaluateConfig& evaluate = variant.experiment.evaluate;
  if (!looks_at_test(evaluate)) return;
  for (Baseline& baseline : task.baselines(evaluate)) {
    if (several_data) baseline.name += fmt::format(" [{}]", variant.name);
    results.baselines.push_back(std::move(baseline));
  }
}

}  // namespace lacuna::experiments
