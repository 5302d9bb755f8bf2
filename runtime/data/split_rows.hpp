#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace lacuna::data {

struct SplitShares {
  std::optional<double> test_share;  ///< absent: the data have a test part of their own
  double validation_share;
  std::uint64_t seed;
};

/// Row numbers, ascending.
struct RowParts {
  std::vector<std::int64_t> train;
  std::vector<std::int64_t> validation;
  std::vector<std::int64_t> test;
};

/// Deals n < 2^31 rows out at random, sizes as of part_sizes(). Depends on the rows' number, their
/// classes and the seed alone: the same rows in another order are split otherwise. With `stratum`
/// (one a row, or none at all) each part holds each stratum in proportion, but for one row up or
/// down. Throws DataError if a part would be empty that is wanted.
RowParts split_rows(std::int64_t n, const SplitShares& shares,
                    std::span<const std::int32_t> stratum = {});

}  // namespace lacuna::data
