#include "runtime/data/ratings/file_format.hpp"

#include <utility>

namespace lacuna::data {
namespace {

constexpr std::string_view of_ones_own = "for a file of your own set data.type to \"csv\"";

RowLayout rules_of(const RatingsFileConfig& source) {
  RowLayout rules;
  rules.drop_missing = source.missing == MissingRating::drop;
  for (const double value : source.drop_values) {
    rules.drop_values.push_back(static_cast<float>(value));
  }
  return rules;
}

RowFormat format_by(std::string_view delimiter, bool quotes) {
  RowFormat format{.delimiter = std::string(delimiter), .quotes = quotes};
  if (delimiter == "\\t" || delimiter == "tab") format.delimiter = "\t";
  if (delimiter == "blanks" || delimiter == " ") format.blanks = true;
  return format;
}

WantedColumn wanted(const ColumnName& column, std::string_view default_name, std::size_t place,
                    std::string_view key) {
  if (const auto* number = std::get_if<std::int64_t>(&column)) {
    return {{}, static_cast<std::size_t>(*number - 1), key};
  }
  const std::string& name = std::get<std::string>(column);
  return {{name}, name == default_name ? place : no_column, key};
}

FileFormat movielens_text(FileFormat format, std::string_view delimiter, std::size_t min_fields) {
  format.row =
      RowFormat{.delimiter = std::string(delimiter), .min_fields = min_fields, .max_fields = 4};
  format.header = false;
  format.advice = of_ones_own;
  return format;
}

}  // namespace

FileFormat format_of(const CsvSource& source) {
  FileFormat format;
  format.kind.reset();
  if (source.delimiter) format.row = format_by(*source.delimiter, true);
  format.header = source.header;
  format.user = wanted(source.user_column, "user", 0, "data.user_column");
  format.item = wanted(source.item_column, "item", 1, "data.item_column");
  format.rating = wanted(source.rating_column, "rating", 2, "data.rating_column");
  if (source.timestamp_column) {
    format.time = wanted(*source.timestamp_column, "", no_column, "data.timestamp_column");
  }
  format.rules = rules_of(source);
  format.rules.decimal_comma = source.decimal == Decimal::comma;
  return format;
}

FileFormat format_of(const MovieLensSource& source, MovieLensFormat format) {
  FileFormat known;
  known.user = {{"userId"}, 0};
  known.item = {{"movieId"}, 1};
  known.rating = {{"rating"}, 2};
  known.rules = rules_of(source);
  known.rules.numbers_only = true;
  if (needs_time(source)) known.time = WantedColumn{{"timestamp"}, 3};
  if (format == MovieLensFormat::ml_100k) return movielens_text(std::move(known), "\t", 4);
  if (format == MovieLensFormat::ml_1m) return movielens_text(std::move(known), "::", 3);
  known.row = RowFormat{.quotes = true};
  known.header = true;
  known.advice = of_ones_own;
  return known;
}

FileFormat format_of(Layout layout, const RatingsFileConfig& source) {
  FileFormat format;
  format.rules = rules_of(source);
  format.advice = of_ones_own;
  const auto columns = [&](WantedColumn user, WantedColumn item, WantedColumn rating,
                           WantedColumn time) {
    format.user = std::move(user);
    format.item = std::move(item);
    format.rating = std::move(rating);
    if (needs_time(source)) format.time = std::move(time);
  };
  switch (layout) {
    case Layout::netflix_prize:
      format.kind = RowKind::blocks;
      format.rules.numbers_only = true;
      format.row = RowFormat{.min_fields = 3, .max_fields = 3};
      format.header = false;
      columns({{}, 0}, {{}, no_column}, {{}, 1}, {{}, 2});
      break;
    case Layout::jester:
      format.header = false;
      format.rules.numbers_only = true;
      format.dense_where_wide = true;
      columns({{}, 0}, {{}, 1}, {{}, 2}, {{}, no_column});
      break;
    case Layout::book_crossing:
      columns({{"User-ID", "user_id"}}, {{"ISBN", "isbn"}}, {{"Book-Rating", "rating"}},
              {{}, no_column});
      format.header = true;
      break;
    case Layout::amazon:
      format.kind.reset();
      format.items_may_lead = true;
      columns({{"reviewerID", "user_id"}, 0}, {{"parent_asin", "asin"}, 1},
              {{"overall", "rating"}, 2}, {{"unixReviewTime", "timestamp"}, 3});
      break;
    case Layout::goodbooks:
      columns({{"user_id"}}, {{"book_id"}}, {{"rating"}}, {{}, no_column});
      format.header = true;
      break;
    case Layout::epinions:
      columns({{"user_id", "user"}, 0}, {{"item_id", "item"}, 1}, {{"rating_value", "rating"}, 2},
              {{"timestamp"}, 3});
      break;
    case Layout::lastfm:  // with a header: HetRec's user_artists.dat; without: the 360K's plays
      format.row = RowFormat{.delimiter = "\t"};
      columns({{"userID"}, 0}, {{"artistID"}, 2}, {{"weight"}, 3}, {{}, no_column});
      break;
  }
  return format;
}

std::vector<FileFormat> known_formats() {
  std::vector<FileFormat> all{format_of(MovieLensSource(), MovieLensFormat::csv)};
  RatingsFileConfig timed;
  timed.split = SplitBy::time;
  for (const Layout layout : all_layouts) all.push_back(format_of(layout, timed));
  return all;
}

}  // namespace lacuna::data
