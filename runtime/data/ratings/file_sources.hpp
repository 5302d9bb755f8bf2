#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/data/ratings/ratings_config.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"

/// The "data" part of experiments on files of ratings. check() throws std::invalid_argument on
/// values that do not fit together.
namespace lacuna::data {

/// What becomes of a second rating of the same (user, item) pair.
enum class Duplicates { error, last, mean };

/// What becomes of a row without rating.
enum class MissingRating { error, drop };

enum class Decimal { point, comma };

enum class MovieLensFormat { by_name, ml_100k, ml_1m, csv };

/// A column by its name in the header, or by its number from 1.
using ColumnName = std::variant<std::string, std::int64_t>;

/// What all files of ratings have, however they are written.
struct RatingsFileConfig : RatingsConfig {
  std::string path;
  std::string validation_path;
  std::string test_path;
  Duplicates duplicates = Duplicates::error;
  MissingRating missing = MissingRating::error;
  std::vector<double> drop_values;
  std::int64_t least_per_user = 1;
  std::int64_t least_per_item = 1;
  std::uint64_t max_bytes = default_max_bytes;

  void check() const {
    if (test_path.empty() || split == SplitBy::random) return;
    throw std::invalid_argument(
        "split must be random (of the validation ratings) beside test_path");
  }

  template <class V>
  static void file_fields(V& v) {
    using S = RatingsFileConfig;
    v(&S::path, "path", config::required,
      "the file, plain or packed (gzip, zip, zstd, xz, bzip2), a folder of parts, or a pipe; a "
      "relative path is also looked up below $LACUNA_DATA");
    v(&S::validation_path, "validation_path",
      "a file of validation ratings of your own; empty: they are held out of `path`");
    v(&S::test_path, "test_path",
      "a file of test ratings of your own; empty: they are held out of `path`");
    v(&S::duplicates, "duplicates", "a second rating of the same pair");
    v(&S::missing, "missing",
      "a row whose rating is empty or NA, NaN, null, None: an error, or dropped and counted");
    v(&S::drop_values, "drop_values", "ratings that are none, as 0 = \"has read it\"");
    v(&S::least_per_user, "least_per_user", config::range(1, max_index),
      "users with fewer ratings are left out, and items likewise, until all that stay have enough");
    v(&S::least_per_item, "least_per_item", config::range(1, max_index), "the same of items");
    v(&S::max_bytes, "max_bytes", config::at_least(1),
      "largest size of the uncompressed file, in bytes");
    common_fields(v);
  }
};

struct MovieLensSource : RatingsFileConfig {
  static constexpr std::string_view tag = "movielens";
  MovieLensFormat format = MovieLensFormat::by_name;
  std::string fold;

  void check() const {
    RatingsFileConfig::check();
    if (!fold.empty() && !test_path.empty()) {
      throw std::invalid_argument("fold has a test file of its own: leave test_path out");
    }
  }

  template <class V>
  static void fields(V& v) {
    v(&MovieLensSource::format, "format",
      "row format: 100k (tab-separated), 1m and 10M (separated by ::), csv (the later sets'); "
      "auto goes by the file name");
    v(&MovieLensSource::fold, "fold",
      "an official split of the folder: u1 ... u5, ua, ub (100K), r1 ... r5, ra, rb (10M). Those "
      "of "
      "100K are consecutive blocks of its file, not random ones");
    file_fields(v);
  }
};

/// A file of one's own.
struct CsvSource : RatingsFileConfig {
  static constexpr std::string_view tag = "csv";
  ColumnName user_column = "user";
  ColumnName item_column = "item";
  ColumnName rating_column = "rating";
  std::optional<ColumnName> timestamp_column;
  std::optional<std::string> delimiter;
  std::optional<bool> header;
  Decimal decimal = Decimal::point;

  void check() const {
    RatingsFileConfig::check();
    if (delimiter) check_delimiter(*delimiter);
    if (needs_time(*this) && !timestamp_column) {
      throw std::invalid_argument("split by time needs timestamp_column");
    }
  }

  template <class V>
  static void fields(V& v) {
    constexpr std::string_view column = "column of the users' ids: its name, or its number from 1";
    v(&CsvSource::user_column, "user_column", config::at_least(1), column);
    v(&CsvSource::item_column, "item_column", config::at_least(1), "column of the items' ids");
    v(&CsvSource::rating_column, "rating_column", config::at_least(1), "column of the ratings");
    v(&CsvSource::timestamp_column, "timestamp_column", config::at_least(1),
      "column of the moments, numbers or ISO dates; absent: none");
    v(&CsvSource::delimiter, "delimiter",
      "text between two fields, \"\\t\" or \"tab\", or \"blanks\" for runs of blanks; absent: "
      "found");
    v(&CsvSource::header, "header", "whether the first line names the columns; absent: found");
    v(&CsvSource::decimal, "decimal", "what stands before a number's fraction");
    file_fields(v);
  }
};

/// Data sets whose files are known.
enum class Layout { netflix_prize, jester, book_crossing, amazon, goodbooks, epinions, lastfm };

inline constexpr std::array all_layouts{
    Layout::netflix_prize, Layout::jester,   Layout::book_crossing, Layout::amazon,
    Layout::goodbooks,     Layout::epinions, Layout::lastfm};

constexpr std::string_view name_of(Layout layout) {
  constexpr std::array<std::string_view, 7> names{
      "netflix_prize", "jester", "book_crossing", "amazon", "goodbooks", "epinions", "lastfm"};
  return names[static_cast<std::size_t>(layout)];
}

template <Layout L>
struct LayoutSource : RatingsFileConfig {
  static constexpr std::string_view tag = name_of(L);
  static constexpr Layout layout = L;

  LayoutSource() {
    if constexpr (L == Layout::book_crossing) drop_values = {0};  // not ratings: "has read it"
  }

  template <class V>
  static void fields(V& v) {
    file_fields(v);
  }
};

}  // namespace lacuna::data

namespace lacuna::config {

template <>
struct EnumNames<data::Duplicates> {
  static constexpr std::array<std::pair<std::string_view, data::Duplicates>, 3> values{
      {{"error", data::Duplicates::error},
       {"last", data::Duplicates::last},
       {"mean", data::Duplicates::mean}}};
};

template <>
struct EnumNames<data::MissingRating> {
  static constexpr std::array<std::pair<std::string_view, data::MissingRating>, 2> values{
      {{"error", data::MissingRating::error}, {"drop", data::MissingRating::drop}}};
};

template <>
struct EnumNames<data::Decimal> {
  static constexpr std::array<std::pair<std::string_view, data::Decimal>, 2> values{
      {{"point", data::Decimal::point}, {"comma", data::Decimal::comma}}};
};

template <>
struct EnumNames<data::MovieLensFormat> {
  static constexpr std::array<std::pair<std::string_view, data::MovieLensFormat>, 4> values{
      {{"auto", data::MovieLensFormat::by_name},
       {"100k", data::MovieLensFormat::ml_100k},
       {"1m", data::MovieLensFormat::ml_1m},
       {"csv", data::MovieLensFormat::csv}}};
};

}  // namespace lacuna::config
