#pragma once

#include <cmath>
#include <vector>

#include "kernels/case_data.hpp"
#include "kernels/levels/level_cost.hpp"

/// References of the ops on levels, by the definitions.
namespace lacuna {

/// Bits of the mode; from 16 up it counts the levels.
enum LevelMode : int {
  ordinal = 0,
  likelihood = 1,
  mixed = 2,
  cumulative_scores = 4,
  some_given = 8,  ///< the rows have entries that were given
};

constexpr int with_levels(int levels, int bits = 0) {
  return 16 * levels + bits;
}
inline std::int64_t levels_of(const CaseShape& s) {
  return s.mode / 16;
}
inline LevelCost cost_of(const CaseShape& s) {
  const int kind = s.mode & 3;
  return {.ordinal_weight = kind == ordinal ? 1.0 : (kind == likelihood ? 0.0 : 0.3),
          .cumulative = (s.mode & cumulative_scores) != 0};
}

/// Values that are not evenly apart.
template <class T>
std::vector<T> level_values(std::int64_t count) {
  std::vector<T> values;
  for (std::int64_t k = 0; k < count; ++k)
    values.push_back(static_cast<T>(static_cast<double>(k) + 0.125 * static_cast<double>(k % 3)));
  return values;
}

template <class Out>
std::vector<Out> summed(std::vector<Out> score, bool cumulative) {
  for (std::size_t k = 1; cumulative && k < score.size(); ++k) score[k] += score[k - 1];
  return score;
}

/// log of the sum of exp(score[k]) from `begin` to before `end`.
template <class Out>
Out log_sum(const std::vector<Out>& score, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return score[begin];  // not the log of an exponential
  Out sum = 0;
  for (std::size_t k = begin; k < end; ++k) sum += std::exp(score[k]);
  return std::log(sum);
}

template <class Out>
Out expected_level(const std::vector<Out>& score, const std::vector<Out>& value) {
  const Out all = log_sum(score, 0, score.size());
  Out sum = 0;
  for (std::size_t k = 0; k < score.size(); ++k) sum += std::exp(score[k] - all) * value[k];
  return sum;
}

/// The cost of `level` by scores that are summed already; `gradient` is set to its derivatives.
template <class Out>
Out cost_by_definition(double ordinal_weight, const std::vector<Out>& score, std::size_t level,
                       std::vector<Out>& gradient) {
  const std::size_t levels = score.size();
  const Out ranked = static_cast<Out>(ordinal_weight);
  const Out single = 1 - ranked;
  gradient.assign(levels, Out(0));
  Out cost = 0;
  const auto add = [&](Out weight, std::size_t own, std::size_t begin, std::size_t end) {
    const Out all = log_sum(score, begin, end);
    cost += weight * (all - score[own]);
    for (std::size_t k = begin; k < end; ++k) gradient[k] += weight * std::exp(score[k] - all);
    gradient[own] -= weight;
  };
  add(single, level, 0, levels);
  for (std::size_t j = 0; j <= level; ++j) add(ranked, j, 0, j + 1);
  for (std::size_t j = level; j < levels; ++j) add(ranked, j, j, levels);
  return cost;
}

/// Derivatives by scores before they were summed.
template <class Out>
void to_single_scores(std::vector<Out>& gradient) {
  for (std::size_t k = gradient.size() - 1; k > 0; --k) gradient[k - 1] += gradient[k];
}

}  // namespace lacuna
