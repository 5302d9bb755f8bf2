#include "experiments/tasks/rating_prediction/rating_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

/// `ids` ascend.
std::optional<std::int32_t> index_of(std::uint64_t id, const std::vector<std::uint64_t>& ids) {
  const auto found = std::ranges::lower_bound(ids, id);
  if (found == ids.end() || *found != id) return std::nullopt;
  return static_cast<std::int32_t>(found - ids.begin());
}

std::span<const std::int32_t> columns_of(const data::CsrArrays& ratings, std::size_t row) {
  const auto begin = static_cast<std::size_t>(ratings.row_ptr[row]);
  const auto end = static_cast<std::size_t>(ratings.row_ptr[row + 1]);
  return std::span(ratings.col).subspan(begin, end - begin);
}

std::string text(IdPlace place) {
  return place.line > 0 ? fmt::format("{}:{}", place.source, place.line)
                        : std::string(place.source);
}

}  // namespace

std::int32_t RatingLookup::user(std::uint64_t id, IdPlace place) const {
  if (const auto index = index_of(id, dataset_.ids.user)) return *index;
  throw DataError(
      fmt::format("{}: user {} has no ratings in {}: name another one, or give ratings of theirs "
                  "with --ratings FILE",
                  text(place), id, dataset_.source));
}

std::int32_t RatingLookup::item(std::uint64_t id, IdPlace place) const {
  if (const auto index = index_of(id, dataset_.ids.item)) return *index;
  throw DataError(fmt::format("{}: item {} has no ratings in {}: leave it out", text(place), id,
                              dataset_.source));
}

std::vector<std::uint8_t> RatingLookup::rated_by(std::int32_t user) const {
  std::vector<std::uint8_t> rated(dataset_.ids.item.size());
  const data::Split& split = dataset_.split;
  for (const data::CsrArrays* part : {&split.train, &split.validation, &split.test}) {
    if (by_user_) {
      for (const std::int32_t item : columns_of(*part, static_cast<std::size_t>(user))) {
        rated[static_cast<std::size_t>(item)] = 1;
      }
      continue;
    }
    for (std::size_t item = 0; item < rated.size(); ++item) {
      if (std::ranges::binary_search(columns_of(*part, item), user)) rated[item] = 1;
    }
  }
  return rated;
}

data::CsrArrays RatingLookup::new_user(std::vector<data::NamedCell> ratings,
                                       std::string_view path) const {
  for (const data::NamedCell& rating : ratings) item(rating.item, {path, rating.line});
  // Indices ascend with the ids.
  std::ranges::stable_sort(ratings, {}, &data::NamedCell::item);
  const auto twice = std::ranges::adjacent_find(ratings, {}, &data::NamedCell::item);
  if (twice != ratings.end()) {
    throw DataError(fmt::format("{}: item {} was already rated on line {}: remove one of the two",
                                text({path, (twice + 1)->line}), twice->item, twice->line));
  }
  data::CsrArrays row{.rows = 1,
                      .cols = static_cast<std::int64_t>(dataset_.ids.item.size()),
                      .row_ptr = {0, static_cast<std::int64_t>(ratings.size())},
                      .col = {},
                      .value = {}};
  for (const data::NamedCell& rating : ratings) {
    row.col.push_back(item(rating.item, {path, rating.line}));
    row.value.push_back(rating.rating);
  }
  return row;
}

}  // namespace lacuna::experiments
