#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lacuna::data {

struct SplitShares {
  double test_share;
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
/// down. A test share of 0 means that the data have a test part of their own. Throws DataError if
/// another part would be empty.
RowParts split_rows(std::int64_t n, const SplitShares& shares,
                    std::span<const std::int32_t> stratum = {});

}  // namespace lacuna::data
