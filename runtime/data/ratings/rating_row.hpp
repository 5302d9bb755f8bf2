#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/data/row_fields.hpp"

namespace lacuna::data {

/// How the rows of a ratings file are cut into fields, and which of these are looked at.
struct RowLayout {
  RowFormat format;
  std::size_t user = 0;
  std::size_t item = 1;
  std::size_t rating = 2;
};

/// One rating as its row states it.
struct RatingRow {
  std::uint64_t user;
  std::uint64_t item;
  float value;
};

/// Throws RowError.
RatingRow parse_row(std::string_view row, const RowLayout& layout);

/// What a field of `row` says. Throws RowError.
float parse_rating(std::string_view row, std::string_view field);

}  // namespace lacuna::data
