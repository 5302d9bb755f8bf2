#include "runtime/data/ratings/build_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>

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

/// Positions of the entries `entries` by key, which lies in [0, keys); those of one key stay in
/// their order.
template <class Entries>
std::vector<std::uint32_t> order_by(std::span<const std::int32_t> key, std::size_t keys,
                                    const Entries& entries) {
  std::vector<std::uint32_t> next(keys + 1);
  for (const std::int32_t k : key) ++next[static_cast<std::size_t>(k) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> order(key.size());
  for (const std::uint32_t e : entries) order[next[static_cast<std::size_t>(key[e])]++] = e;
  return order;
}

/// Positions of the entries by (user, item), those of one pair in the order of the file.
std::vector<std::uint32_t> order_by_pair(const ParsedRatings& parsed) {
  const auto size = static_cast<std::uint32_t>(parsed.value.size());
  const std::vector<std::uint32_t> by_item =
      order_by(parsed.item, parsed.items.ids().size(), std::views::iota(std::uint32_t{0}, size));
  return order_by(parsed.user, parsed.users.ids().size(), by_item);
}

/// values[order[0]], values[order[1]], ...; the memory of `values` is free thereafter.
template <class T>
std::vector<T> in_order(std::vector<T> values, const std::vector<std::uint32_t>& order) {
  std::vector<T> out;
  out.reserve(order.size());
  for (const std::uint32_t e : order) out.push_back(values[e]);
  return out;
}

/// The rating of a pair from its entries, which stand in the order of the file.
float settle(std::span<const float> values, Duplicates duplicates) {
  if (duplicates == Duplicates::last || values.size() == 1) return values.back();
  return static_cast<float>(std::accumulate(values.begin(), values.end(), 0.0) /
                            static_cast<double>(values.size()));
}

/// Makes one entry out of those of each pair, which follow each other. Calls on_duplicate(first,
/// second) with the positions of two that do.
template <class OnDuplicate>
void settle_pairs(Ratings& ratings, Duplicates duplicates, OnDuplicate on_duplicate) {
  const std::size_t size = ratings.value.size();
  std::size_t kept = 0;
  for (std::size_t begin = 0, end = 0; begin < size; begin = end, ++kept) {
    const std::int32_t user = ratings.user[begin];
    const std::int32_t item = ratings.item[begin];
    for (end = begin + 1; end < size; ++end) {
      if (ratings.user[end] != user || ratings.item[end] != item) break;
    }
    if (end - begin > 1) on_duplicate(begin, begin + 1);
    ratings.value[kept] = settle(std::span(ratings.value).subspan(begin, end - begin), duplicates);
    ratings.user[kept] = user;
    ratings.item[kept] = item;
  }
  ratings.user.resize(kept);
  ratings.item.resize(kept);
  ratings.value.resize(kept);
}

}  // namespace

Ratings build_ratings(ParsedRatings&& parsed, Duplicates duplicates, const std::string& path) {
  Ratings out;
  out.source = path;
  out.checksum = std::move(parsed.checksum);
  out.ids.user = renumber_ascending(parsed.users.ids(), parsed.user);
  out.ids.item = renumber_ascending(parsed.items.ids(), parsed.item);
  const std::vector<std::uint32_t> order = order_by_pair(parsed);
  out.user = in_order(std::move(parsed.user), order);
  out.item = in_order(std::move(parsed.item), order);
  out.value = in_order(std::move(parsed.value), order);
  settle_pairs(out, duplicates, [&](std::size_t first, std::size_t second) {
    if (duplicates != Duplicates::error) return;
    throw DataError(fmt::format(
        "{}:{}: user {} already rated item {} on line {}: remove one of the two lines, or set "
        "data.duplicates to \"last\" or \"mean\"",
        path, parsed.first_line + order[second],
        out.ids.user[static_cast<std::size_t>(out.user[first])],
        out.ids.item[static_cast<std::size_t>(out.item[first])], parsed.first_line + order[first]));
  });
  return out;
}

}  // namespace lacuna::data
