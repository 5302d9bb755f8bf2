#include "runtime/train/entry_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "kernels/levels/gather_levels.hpp"
#include "kernels/levels/level_cost.hpp"
#include "runtime/error.hpp"

namespace lacuna {

namespace {

std::vector<float> own_values(const std::vector<float>& entries) {
  std::set<float> values;
  for (const float entry : entries) {
    values.insert(entry);
    if (std::ssize(values) > most_levels) {
      throw ConfigError(fmt::format(
          "model.levels: the training entries have more than {} different values; set it to the "
          "number of values, evenly apart, that they are to be rounded to",
          most_levels));
    }
  }
  return {values.begin(), values.end()};
}

std::vector<float> even_values(const std::vector<float>& entries, int wanted) {
  const auto [least, most] = std::ranges::minmax(entries);
  const double step = wanted == 1 ? 0 : (double{most} - double{least}) / (wanted - 1);
  std::vector<float> values;
  for (int k = 0; k < wanted; ++k) values.push_back(static_cast<float>(double{least} + k * step));
  return values;
}

}  // namespace

EntryLevels::EntryLevels(const Facts& facts, int wanted) {
  if (facts.entries == nullptr) throw std::logic_error("levels of entries that are not known");
  if (facts.entries->value.empty()) {
    values = {0};  // nothing to learn from
  } else {
    const std::vector<float>& entries = facts.entries->value;
    values = wanted == 0 ? own_values(entries) : even_values(entries, wanted);
  }
  if (facts.columns * count() > std::numeric_limits<std::int32_t>::max()) {
    throw ConfigError(fmt::format(
        "model.levels: {} columns of {} levels are 2^31 places or more; set it to fewer",
        facts.columns, count()));
  }
}

std::vector<float> EntryLevels::log_frequencies(const Facts& facts, bool differences) const {
  const auto levels = values.size();
  const auto columns = static_cast<std::size_t>(facts.columns);
  std::vector<double> number(columns * levels, 0.0);
  std::vector<double> of_level(levels, 1.0);
  const LevelValues<float> known{values.data(), count()};
  const std::size_t entries = facts.entries->value.size();
  for (std::size_t e = 0; e < entries; ++e) {
    const auto level = static_cast<std::size_t>(level_of(known, facts.entries->value[e]));
    number[static_cast<std::size_t>(facts.entries->col[e]) * levels + level] += 1;
    of_level[level] += 1;
  }
  std::vector<float> result;
  for (std::size_t c = 0; c < columns; ++c) {
    double sum = 1;
    for (std::size_t k = 0; k < levels; ++k) sum += number[c * levels + k];
    double before = 0;
    for (std::size_t k = 0; k < levels; ++k) {
      const double share = of_level[k] / static_cast<double>(entries + levels);
      const double own = std::log((number[c * levels + k] + share) / sum);
      result.push_back(static_cast<float>(own - before));
      if (differences) before = own;
    }
  }
  return result;
}

}  // namespace lacuna
