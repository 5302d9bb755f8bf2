#include "runtime/data/ratings/parse_ratings.hpp"

#include <string_view>

#include "runtime/data/ratings/parallel_parser.hpp"

namespace lacuna::data {
namespace {

/// A column that a header must name.
struct Column {
  std::string name;
  std::string_view advice;  ///< where it is missing
};

/// Rows have as many fields as the first, if that is one that may be.
FileLayout layout_by_first_row(std::string_view row, RowLayout layout) {
  const std::size_t count = split_fields(row, layout.format).size();
  RowFormat& format = layout.format;
  if (format.min_fields <= count && count <= format.max_fields) {
    format.min_fields = format.max_fields = count;
  }
  return {layout, false};
}

FileLayout layout_by_header(std::string_view header, const std::string& delimiter,
                            const Column& user, const Column& item, const Column& rating) {
  RowLayout layout{.format = {.delimiter = delimiter, .quotes = true}};
  const std::vector<std::string_view> names = split_fields(header, layout.format);
  const auto index = [&](const Column& column) {
    return find_column(header, names, column.name, column.advice);
  };
  layout.user = index(user);
  layout.item = index(item);
  layout.rating = index(rating);
  layout.format.min_fields = layout.format.max_fields = names.size();
  return {layout, true};
}

template <class LayoutOf>
ParsedRatings parse_file(const std::string& path, std::uint64_t max_bytes,
                         const ParseOptions& options, LayoutOf layout_of) {
  const auto source = open_text(path, max_bytes, options.piece_bytes);
  return parse_text(*source, path, options.threads, layout_of);
}

}  // namespace

ParsedRatings parse_movielens(const std::string& path, MovieLensFormat format,
                              std::uint64_t max_bytes, const ParseOptions& options) {
  return parse_file(path, max_bytes, options, [&](std::string_view first) {
    if (format == MovieLensFormat::csv) {
      constexpr std::string_view advice = "for a CSV file of your own set data.type to \"csv\"";
      return layout_by_header(first, ",", {"userId", advice}, {"movieId", advice},
                              {"rating", advice});
    }
    const bool is_100k = format == MovieLensFormat::ml_100k;
    return layout_by_first_row(first,
                               {.format = {.delimiter = is_100k ? "\t" : "::",
                                           .min_fields = is_100k ? std::size_t{4} : std::size_t{3},
                                           .max_fields = 4}});
  });
}

ParsedRatings parse_csv(const std::string& path, const CsvSource& source,
                        const ParseOptions& options) {
  source.check();
  return parse_file(path, source.max_bytes, options, [&](std::string_view first) {
    return layout_by_header(first, source.delimiter, {source.user_column, "set data.user_column"},
                            {source.item_column, "set data.item_column"},
                            {source.rating_column, "set data.rating_column"});
  });
}

}  // namespace lacuna::data
