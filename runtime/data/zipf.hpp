#pragma once

#include <cstdint>
#include <vector>

#include "kernels/core/philox.hpp"
#include "runtime/data/random_sequence.hpp"

namespace lacuna::data {

/// Weights r^-exponent for the ranks r = 1 .. n, dealt out in random order.
std::vector<double> zipf_weights(std::int64_t n, double exponent, const RandomStream& stream);

/// Whole numbers in [1, cap] with the given sum, as proportional to `weights` as these bounds
/// allow. Needs weights.size() <= sum <= cap * weights.size().
std::vector<std::int64_t> counts_by_weight(const std::vector<double>& weights, std::int64_t sum,
                                           std::int64_t cap);

/// Draws indices in proportion to positive weights, in constant time (Walker's alias method).
class AliasTable {
 public:
  explicit AliasTable(const std::vector<double>& weights);
  std::int32_t draw(RandomSequence& random) const;

 private:
  std::vector<double> keep_;  // probability to keep the column that was hit
  std::vector<std::int32_t> alias_;
};

}  // namespace lacuna::data
