#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/ratings/file_sources.hpp"
#include "runtime/data/ratings/rating_row.hpp"

namespace lacuna::data {

/// A column that is looked for.
struct WantedColumn {
  std::vector<std::string> names;  ///< the first that a header has
  std::size_t place = no_column;   ///< where there is no header, or no name
  std::string_view key = {};       ///< the setting that names it; empty: none does
};

/// What is known of a ratings file before it is looked at.
struct FileFormat {
  std::optional<RowKind> kind = RowKind::fields;  ///< absent: objects or fields, as the file has
  std::optional<RowFormat> row;                   ///< absent: its delimiter is found
  std::optional<bool> header;                     ///< absent: found
  WantedColumn user;
  WantedColumn item;
  WantedColumn rating;
  std::optional<WantedColumn> time;
  RowLayout rules;                ///< what holds for every row, whatever its columns
  std::string_view advice = {};   ///< where the file is laid out otherwise
  bool items_may_lead = false;    ///< without a header: the column whose texts have 10 characters
  bool dense_where_wide = false;  ///< rows of many fields are users with all their ratings
};

FileFormat format_of(const CsvSource& source);
/// `format` is not by_name.
FileFormat format_of(const MovieLensSource& source, MovieLensFormat format);
FileFormat format_of(Layout layout, const RatingsFileConfig& source);
/// Of the data sets whose columns have names, among others.
std::vector<FileFormat> known_formats();

}  // namespace lacuna::data
