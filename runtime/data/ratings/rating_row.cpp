#include "runtime/data/ratings/rating_row.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace lacuna::data {

float parse_rating(std::string_view row, std::string_view field) {
  if (field.empty()) throw RowError("the rating is empty", row);
  const std::optional<float> rating = to_number(field);
  if (!rating || !std::isfinite(*rating)) {
    throw RowError(fmt::format("the rating '{}' is not a finite number", printable(field)), row);
  }
  return *rating;
}

RatingRow parse_row(std::string_view row, const RowLayout& layout) {
  std::string_view user, item, rating;
  const std::size_t count =
      for_each_field(row, layout.format, [&](std::size_t number, std::string_view field) {
        if (number == layout.user) user = field;
        if (number == layout.item) item = field;
        if (number == layout.rating) rating = field;
      });
  check_count(row, layout.format, count);
  return {parse_id(row, user, "user id"), parse_id(row, item, "item id"),
          parse_rating(row, rating)};
}

}  // namespace lacuna::data
