#pragma once

#include <cstdint>
#include <vector>

#include "runtime/train/facts.hpp"

namespace lacuna {

/// The levels of the training entries.
struct EntryLevels {
  std::vector<float> values;  ///< ascending

  /// Of facts.entries (std::logic_error where there are none): `wanted` values evenly from the
  /// least to the most entry; 0: the entries' own. Throws ConfigError where they have more than
  /// most_levels, and for 2^31 places of a column and level.
  EntryLevels(const Facts& facts, int wanted);

  std::int64_t count() const { return static_cast<std::int64_t>(values.size()); }

  /// The logarithm of each level's share in the entries of its column, [facts.columns, levels], to
  /// which one more entry is added that has all levels in the shares they have over all columns, so
  /// that no share is 0. `differences`: each less the one before it, as scores that are summed want
  /// it.
  std::vector<float> log_frequencies(const Facts& facts, bool differences) const;
};

}  // namespace lacuna
