#include "experiments/tasks/rating_prediction/rating_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

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

std::int32_t RatingLookup::user(std::string_view id, IdPlace place) const {
  if (const auto index = dataset_.ids.user.find(id)) return *index;
  throw DataError(
      fmt::format("{}: user {} has no ratings in {}: name another one, or give ratings of theirs "
                  "with --ratings FILE",
                  text(place), data::printable(id), dataset_.source));
}

std::int32_t RatingLookup::item(std::string_view id, IdPlace place) const {
  if (const auto index = dataset_.ids.item.find(id)) return *index;
  throw DataError(fmt::format("{}: item {} has no ratings in {}: leave it out", text(place),
                              data::printable(id), dataset_.source));
}

std::optional<Cell> RatingLookup::find(std::string_view user_id, std::string_view item_id) const {
  const auto u = dataset_.ids.user.find(user_id);
  const auto i = dataset_.ids.item.find(item_id);
  if (!u || !i) return std::nullopt;
  return cell(*u, *i);
}

std::vector<std::uint8_t> RatingLookup::rated_by(std::int32_t user) const {
  std::vector<std::uint8_t> rated(static_cast<std::size_t>(dataset_.ids.item.size()));
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
  struct Known {
    std::int32_t item;
    const data::NamedCell* rating;
  };
  std::vector<Known> known;
  for (const data::NamedCell& rating : ratings) {
    known.push_back({item(rating.item, {path, rating.line}), &rating});
  }
  std::ranges::stable_sort(known, {}, &Known::item);
  const auto twice = std::ranges::adjacent_find(known, {}, &Known::item);
  if (twice != known.end()) {
    const data::NamedCell& second = *(twice + 1)->rating;
    throw DataError(fmt::format("{}: item {} was already rated on line {}: remove one of the two",
                                text({path, second.line}), data::printable(second.item),
                                twice->rating->line));
  }
  data::CsrArrays row{.rows = 1,
                      .cols = dataset_.ids.item.size(),
                      .row_ptr = {0, static_cast<std::int64_t>(ratings.size())},
                      .col = {},
                      .value = {}};
  for (const Known& one : known) {
    row.col.push_back(one.item);
    row.value.push_back(one.rating->rating);
  }
  return row;
}

}  // namespace lacuna::experiments
