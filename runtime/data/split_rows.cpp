#include "runtime/data/split_rows.hpp"

#include <algorithm>

#include "runtime/data/part_sizes.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

/// Takes `count` rows out of `order`, evenly spaced; returns them ascending. Of each run of rows
/// that share is taken, so that an order by strata is sampled by strata.
std::vector<std::int64_t> take_evenly(std::vector<std::uint32_t>& order, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(order.size());
  std::vector<std::int64_t> taken;
  std::vector<std::uint32_t> rest;
  for (std::int64_t at = 0; at < size; ++at) {
    const std::uint32_t row = order[static_cast<std::size_t>(at)];
    if ((at + 1) * count / size > at * count / size) {
      taken.push_back(row);
    } else {
      rest.push_back(row);
    }
  }
  order.swap(rest);
  std::ranges::sort(taken);
  return taken;
}

}  // namespace

RowParts split_rows(std::int64_t n, const SplitShares& shares,
                    std::span<const std::int32_t> stratum) {
  const PartSizes sizes = part_sizes(n, shares.test_share, shares.validation_share, "rows");
  std::vector<std::uint32_t> order = shuffled(n, {shares.seed, purpose::split});
  if (!stratum.empty()) {
    std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return stratum[row]; });
  }
  RowParts parts;
  parts.test = take_evenly(order, sizes.test);
  parts.validation = take_evenly(order, sizes.validation);
  parts.train = take_evenly(order, sizes.train);
  return parts;
}

}  // namespace lacuna::data
