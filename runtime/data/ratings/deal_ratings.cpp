#include "runtime/data/ratings/deal_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "runtime/data/part_sizes.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

using Parts = std::vector<RatingsPart>;
using Entries = std::vector<std::uint32_t>;

void set(Parts& parts, std::span<const std::uint32_t> entries, RatingsPart part) {
  for (const std::uint32_t e : entries) parts[e] = part;
}

/// The ratings that are still for training.
Entries undecided(const Parts& parts) {
  Entries entries;
  for (std::size_t e = 0; e < parts.size(); ++e) {
    if (parts[e] == RatingsPart::train) entries.push_back(static_cast<std::uint32_t>(e));
  }
  return entries;
}

/// Latest first; of one moment, in the order of ids.
void sort_by_time(Entries& entries, const std::vector<double>& time) {
  std::ranges::stable_sort(entries, std::greater<>{}, [&](std::uint32_t e) { return time[e]; });
}

/// The first of all, in the order that config.split gives them, are held out.
void deal_shares(Parts& parts, const Ratings& ratings, const RatingsConfig& config, bool has_test,
                 bool has_validation) {
  Entries entries = undecided(parts);
  const bool draws_test = !has_test && config.test_share > 0;
  const std::optional<double> test_share =
      draws_test ? std::optional(config.test_share) : std::nullopt;
  if (config.split == SplitBy::time) {
    sort_by_time(entries, ratings.time);
  } else {
    shuffle(entries, {config.split_seed, purpose::split});
  }
  const std::int64_t n = std::ssize(entries);
  if (has_validation) {
    const auto test =
        static_cast<std::int64_t>(std::llround(test_share.value_or(0) * static_cast<double>(n)));
    set(parts, std::span(entries).first(static_cast<std::size_t>(test)), RatingsPart::test);
    return;
  }
  const PartSizes sizes = part_sizes(n, test_share, config.validation_share, "ratings");
  const auto test = static_cast<std::size_t>(sizes.test);
  set(parts, std::span(entries).first(test), RatingsPart::test);
  set(parts, std::span(entries).subspan(test, static_cast<std::size_t>(sizes.validation)),
      RatingsPart::validation);
}

/// Of each user with more than twice as many, `leave_out` go to test and as many to validation.
void deal_users(Parts& parts, const Ratings& ratings, const RatingsConfig& config) {
  const auto count = static_cast<std::size_t>(config.leave_out);
  Entries order = undecided(parts);
  if (config.split == SplitBy::leave_out) shuffle(order, {config.split_seed, purpose::split});
  if (config.split == SplitBy::leave_last_out) sort_by_time(order, ratings.time);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t e) { return ratings.user[e]; });
  bool any = false;
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    for (end = begin; end < order.size() && ratings.user[order[end]] == ratings.user[order[begin]];)
      ++end;
    if (end - begin <= 2 * count) continue;
    any = true;
    set(parts, std::span(order).subspan(begin, count), RatingsPart::test);
    set(parts, std::span(order).subspan(begin + count, count), RatingsPart::validation);
  }
  if (any) return;
  throw DataError(
      fmt::format("no user has more than {} ratings, of which {} go to test and {} to "
                  "validation: {}set data.split to \"random\"",
                  2 * count, count, count, count > 1 ? "lower data.leave_out, or " : ""));
}

}  // namespace

std::vector<RatingsPart> deal_ratings(const Ratings& ratings, const RatingsConfig& config) {
  Parts parts = ratings.part;
  parts.resize(ratings.value.size(), RatingsPart::train);
  const auto has = [&](RatingsPart part) { return std::ranges::find(parts, part) != parts.end(); };
  if (needs_time(config) && ratings.time.empty()) {
    throw DataError(
        ratings.source +
        " has no timestamps to split by: set data.split to \"random\" or \"leave_out\"");
  }
  if (config.split == SplitBy::random || config.split == SplitBy::time) {
    deal_shares(parts, ratings, config, has(RatingsPart::test), has(RatingsPart::validation));
  } else {
    deal_users(parts, ratings, config);
  }
  return parts;
}

}  // namespace lacuna::data
