#include "runtime/data/ratings/filter_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

std::vector<std::int64_t> counts_of(const std::vector<std::int32_t>& index, std::int64_t size) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(size));
  for (const std::int32_t i : index) ++counts[static_cast<std::size_t>(i)];
  return counts;
}

/// Keeps the entries for which keep(entry) holds.
template <class Keep>
void keep_entries(Ratings& ratings, Keep keep) {
  std::size_t kept = 0;
  for (std::size_t e = 0; e < ratings.value.size(); ++e) {
    if (!keep(e)) continue;
    ratings.user[kept] = ratings.user[e];
    ratings.item[kept] = ratings.item[e];
    ratings.value[kept] = ratings.value[e];
    if (!ratings.time.empty()) ratings.time[kept] = ratings.time[e];
    if (!ratings.part.empty()) ratings.part[kept] = ratings.part[e];
    ++kept;
  }
  const auto cut = [&](auto& values) {
    if (!values.empty()) values.resize(kept);
  };
  cut(ratings.user);
  cut(ratings.item);
  cut(ratings.value);
  cut(ratings.time);
  cut(ratings.part);
}

/// Takes ids without ratings away; returns how many.
std::int64_t drop_unused(Ids& ids, std::vector<std::int32_t>& index) {
  const std::vector<std::int64_t> counts = counts_of(index, ids.size());
  std::vector<std::int32_t> kept;
  std::vector<std::int32_t> now(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    now[i] = static_cast<std::int32_t>(kept.size());
    kept.push_back(static_cast<std::int32_t>(i));
  }
  const auto dropped = static_cast<std::int64_t>(counts.size() - kept.size());
  if (dropped == 0) return 0;
  for (std::int32_t& i : index) i = now[static_cast<std::size_t>(i)];
  ids = ids.subset(kept);
  return dropped;
}

}  // namespace

LeftOut keep_core(Ratings& ratings, std::int64_t least_per_user, std::int64_t least_per_item) {
  LeftOut out;
  const std::int64_t all = ratings.size();
  for (std::int64_t before = -1; before != ratings.size(); ++out.rounds) {
    before = ratings.size();
    const auto users = counts_of(ratings.user, ratings.users());
    const auto items = counts_of(ratings.item, ratings.items());
    keep_entries(ratings, [&](std::size_t e) {
      return users[static_cast<std::size_t>(ratings.user[e])] >= least_per_user &&
             items[static_cast<std::size_t>(ratings.item[e])] >= least_per_item;
    });
  }
  out.ratings = all - ratings.size();
  if (ratings.size() == 0) {
    throw DataError(fmt::format(
        "{}: no user with {} ratings has items with {} of their own: lower data.least_per_user or "
        "data.least_per_item",
        ratings.source, least_per_user, least_per_item));
  }
  out.users = drop_unused(ratings.ids.user, ratings.user);
  out.items = drop_unused(ratings.ids.item, ratings.item);
  --out.rounds;
  return out;
}

}  // namespace lacuna::data
