#include "experiments/experiment.hpp"

#include <algorithm>
#include <stdexcept>

namespace lacuna::experiments {

void SweepConfig::check() const {
  double sets = grid.empty() ? 0 : 1;
  for (const auto& [key, values] : grid) {
    if (values.empty()) throw std::invalid_argument("grid: '" + key + "' has no values");
    sets *= static_cast<double>(values.size());
  }
  if (grid.empty() && list.empty()) throw std::invalid_argument("neither grid nor list is given");
  if (sets + static_cast<double>(list.size()) > 10000) {
    throw std::invalid_argument("grid and list make more than 10000 sets of changes");
  }
}

void Experiment::check() const {
  check_together(data, evaluate);
  check_rows(data, model);
  if (seeds_vary != SeedsVary::training && !is_split_by_seed(data)) {
    throw std::invalid_argument("seeds_vary: the data come with their split: set it to training");
  }
  if (const auto* codes = std::get_if<RepresentationConfig>(&evaluate)) {
    const int every = codes->probe_every;
    const bool too_late = train.epochs > 0 && every > train.epochs;
    if (too_late || (train.patience > 0 && every > train.patience)) {
      throw std::invalid_argument(
          "evaluate.probe_every must be at most train.epochs and train.patience: the probe would "
          "never choose");
    }
  }
  if (variants.size() > 1000) throw std::invalid_argument("variants: there may be at most 1000");
  if (const int* count = std::get_if<int>(&seeds);
      count != nullptr && (*count < 1 || *count > 10000)) {
    throw std::invalid_argument("seeds: a count must lie between 1 and 10000");
  }
  if (const auto* list = std::get_if<SeedList>(&seeds)) {
    std::vector<std::uint64_t> sorted = *list;
    std::ranges::sort(sorted);
    if (sorted.empty() || std::ranges::adjacent_find(sorted) != sorted.end()) {
      throw std::invalid_argument("seeds: a list must hold at least one seed, and each only once");
    }
  }
}

}  // namespace lacuna::experiments
