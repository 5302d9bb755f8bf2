#include "runtime/data/ratings/build_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>

#include "runtime/data/row_fields.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

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
std::vector<std::uint32_t> order_by_pair(const ParsedRatings& parsed, const IdMaps& ids) {
  const auto size = static_cast<std::uint32_t>(parsed.value.size());
  const std::vector<std::uint32_t> by_item =
      order_by(parsed.item, static_cast<std::size_t>(ids.item.size()),
               std::views::iota(std::uint32_t{0}, size));
  return order_by(parsed.user, static_cast<std::size_t>(ids.user.size()), by_item);
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

/// Calls on_pair(begin, end) with the entries of each pair, which follow each other.
template <class OnPair>
void for_each_pair(const Ratings& ratings, OnPair on_pair) {
  const std::size_t size = ratings.value.size();
  for (std::size_t begin = 0, end = 0; begin < size; begin = end) {
    for (end = begin + 1; end < size; ++end) {
      if (ratings.user[end] != ratings.user[begin] || ratings.item[end] != ratings.item[begin])
        break;
    }
    on_pair(begin, end);
  }
}

/// Takes the ratings that are held out, too, out of those that are trained on.
void hold_out(Ratings& ratings, std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> kept;  // positions in the sorted order
  for_each_pair(ratings, [&](std::size_t begin, std::size_t end) {
    const auto first = ratings.part.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = ratings.part.begin() + static_cast<std::ptrdiff_t>(end);
    const bool held_out = std::find(first, last, RatingsPart::test) != last;
    for (std::size_t e = begin; e < end; ++e) {
      if (held_out && ratings.part[e] == RatingsPart::train) continue;
      kept.push_back(static_cast<std::uint32_t>(e));
    }
  });
  ratings.user = in_order(std::move(ratings.user), kept);
  ratings.item = in_order(std::move(ratings.item), kept);
  ratings.value = in_order(std::move(ratings.value), kept);
  if (!ratings.time.empty()) ratings.time = in_order(std::move(ratings.time), kept);
  ratings.part = in_order(std::move(ratings.part), kept);
  order = in_order(std::move(order), kept);
}

/// Makes one entry out of those of each pair; of several moments the last one counts.
void settle_pairs(Ratings& ratings, Duplicates duplicates) {
  std::size_t kept = 0;
  for_each_pair(ratings, [&](std::size_t begin, std::size_t end) {
    ratings.value[kept] = settle(std::span(ratings.value).subspan(begin, end - begin), duplicates);
    ratings.user[kept] = ratings.user[begin];
    ratings.item[kept] = ratings.item[begin];
    if (!ratings.time.empty()) ratings.time[kept] = ratings.time[end - 1];
    if (!ratings.part.empty()) ratings.part[kept] = ratings.part[begin];
    ++kept;
  });
  ratings.user.resize(kept);
  ratings.item.resize(kept);
  ratings.value.resize(kept);
  if (!ratings.time.empty()) ratings.time.resize(kept);
  if (!ratings.part.empty()) ratings.part.resize(kept);
}

/// Refuses what data.duplicates does not allow, and a rating that is trained on and tested.
void check_pairs(const Ratings& ratings, Duplicates duplicates, const ParsedRatings& parsed,
                 const std::vector<std::uint32_t>& order) {
  for_each_pair(ratings, [&](std::size_t begin, std::size_t end) {
    const auto refuse = [&](std::size_t second, std::string_view advice) {
      throw DataError(fmt::format("{}: user {} already rated item {} on line {}: {}",
                                  parsed.place_of(order[second]),
                                  printable(ratings.ids.user.text(ratings.user[begin])),
                                  printable(ratings.ids.item.text(ratings.item[begin])),
                                  parsed.line_of(order[begin], order[second]), advice));
    };
    for (std::size_t e = begin + 1; e < end; ++e) {
      if (!ratings.part.empty() && ratings.part[e] != ratings.part[begin]) {
        refuse(e, "a rating is either trained on or held out; remove one of the two");
      }
      if (duplicates == Duplicates::error) {
        refuse(e, "remove one of the two lines, or set data.duplicates to \"last\" or \"mean\"");
      }
    }
  });
}

}  // namespace

Ratings build_ratings(ParsedRatings&& parsed, Duplicates duplicates, const std::string& path,
                      bool test_within) {
  Ratings out;
  out.source = path;
  out.checksum = std::move(parsed.checksum);
  out.ids.user = parsed.users.settle(parsed.user);
  out.ids.item = parsed.items.settle(parsed.item);
  std::vector<std::uint32_t> order = order_by_pair(parsed, out.ids);
  out.user = in_order(std::move(parsed.user), order);
  out.item = in_order(std::move(parsed.item), order);
  out.value = in_order(std::move(parsed.value), order);
  if (!parsed.time.empty()) out.time = in_order(std::move(parsed.time), order);
  if (!parsed.part.empty()) out.part = in_order(std::move(parsed.part), order);
  if (test_within) hold_out(out, order);
  check_pairs(out, duplicates, parsed, order);
  settle_pairs(out, duplicates);
  return out;
}

}  // namespace lacuna::data
