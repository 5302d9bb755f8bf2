#include "runtime/data/build_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "runtime/data/csr_arrays.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// Renumbers `index` so that ids ascend; returns the ids in that order.
std::vector<std::uint64_t> renumber_ascending(const std::vector<std::uint64_t>& ids,
                                              std::vector<std::int32_t>& index) {
  std::vector<std::uint64_t> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::int32_t> rank(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), ids[i]);
    rank[i] = static_cast<std::int32_t>(place - sorted.begin());
  }
  for (std::int32_t& i : index) i = rank[static_cast<std::size_t>(i)];
  return sorted;
}

/// Positions of the entries by (user, item), those of one pair in the order of the file.
std::vector<std::int64_t> order_by_pair(const ParsedRatings& parsed) {
  std::vector<std::int64_t> order(parsed.value.size());
  std::iota(order.begin(), order.end(), 0);
  const auto users = static_cast<std::int64_t>(parsed.users.ids().size());
  const auto items = static_cast<std::int64_t>(parsed.items.ids().size());
  order = std::move(group_by_row(parsed.item, items, order).entry);
  return std::move(group_by_row(parsed.user, users, order).entry);
}

/// The rating of a pair from its entries, which stand in the order of the file.
float settle(const ParsedRatings& parsed, std::span<const std::int64_t> entries,
             Duplicates duplicates) {
  const auto at = [&](std::int64_t e) { return parsed.value[static_cast<std::size_t>(e)]; };
  if (duplicates == Duplicates::last || entries.size() == 1) return at(entries.back());
  double sum = 0;
  for (const std::int64_t e : entries) sum += static_cast<double>(at(e));
  return static_cast<float>(sum / static_cast<double>(entries.size()));
}

}  // namespace

Ratings build_ratings(ParsedRatings&& parsed, Duplicates duplicates, const std::string& path) {
  Ratings out;
  out.source = path;
  out.checksum = std::move(parsed.checksum);
  out.ids.user = renumber_ascending(parsed.users.ids(), parsed.user);
  out.ids.item = renumber_ascending(parsed.items.ids(), parsed.item);
  const std::vector<std::int64_t> order = order_by_pair(parsed);
  out.user.reserve(order.size());
  out.item.reserve(order.size());
  out.value.reserve(order.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    const auto entry = static_cast<std::size_t>(order[begin]);
    const std::int32_t user = parsed.user[entry];
    const std::int32_t item = parsed.item[entry];
    for (end = begin + 1; end < order.size(); ++end) {
      const auto other = static_cast<std::size_t>(order[end]);
      if (parsed.user[other] != user || parsed.item[other] != item) break;
    }
    if (end - begin > 1 && duplicates == Duplicates::error) {
      throw DataError(fmt::format(
          "{}:{}: user {} already rated item {} on line {}: remove one of the two lines, or set "
          "data.duplicates to \"last\" or \"mean\"",
          path, parsed.first_line + order[begin + 1], out.ids.user[static_cast<std::size_t>(user)],
          out.ids.item[static_cast<std::size_t>(item)], parsed.first_line + order[begin]));
    }
    out.user.push_back(user);
    out.item.push_back(item);
    out.value.push_back(settle(parsed, std::span(order).subspan(begin, end - begin), duplicates));
  }
  return out;
}

}  // namespace lacuna::data
