#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "runtime/config/fields.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"

/// The "data" part of an experiment. check() throws std::invalid_argument on values that do not fit
/// together.
namespace lacuna::data {

/// What becomes of a second rating of the same (user, item) pair.
enum class Duplicates { error, last, mean };

enum class MovieLensFormat { by_name, ml_100k, ml_1m, csv };

/// What one row of the model's input is: `item` = one row per item with the users as columns.
enum class Orientation { item, user };

inline constexpr double max_index = 2147483647;    // indices are int32
inline constexpr double max_ratings = 4294967295;  // positions in a list of ratings are uint32

/// What every source of ratings has: how its rows become inputs, and the split.
struct RatingsConfig {
  static constexpr bool sparse_rows = true;
  Orientation vectors = Orientation::item;
  double test_share = 0.1;
  double validation_share = 0.05;
  std::uint64_t split_seed = 0;

  template <class V>
  static void common_fields(V& v) {
    using S = RatingsConfig;
    v(&S::vectors, "vectors",
      "what a row of the model's input is: item = an item's ratings by all users");
    v(&S::test_share, "test_share", config::Range{0, 0.99, true},
      "share of all ratings that is held out");
    v(&S::validation_share, "validation_share", config::Range{0, 0.99, true},
      "share of the remaining ratings that picks epochs and hyper-parameters");
    v(&S::split_seed, "split_seed", "seed of the split, apart from the seed of the training");
  }
};

struct MovieLensSource : RatingsConfig {
  static constexpr std::string_view tag = "movielens";
  std::string path;
  MovieLensFormat format = MovieLensFormat::by_name;
  Duplicates duplicates = Duplicates::error;
  std::uint64_t max_bytes = default_max_bytes;

  template <class V>
  static void fields(V& v) {
    v(&MovieLensSource::path, "path", config::required,
      "ratings file or its folder; a relative path is also looked up below $LACUNA_DATA");
    v(&MovieLensSource::format, "format",
      "row format: 100k (tab-separated), 1m and 10M (separated by ::), csv (the later sets'); "
      "auto goes by the file name");
    v(&MovieLensSource::duplicates, "duplicates", "a second rating of the same pair");
    v(&MovieLensSource::max_bytes, "max_bytes", config::at_least(1),
      "largest size of the uncompressed file, in bytes");
    common_fields(v);
  }
};

struct CsvSource : RatingsConfig {
  static constexpr std::string_view tag = "csv";
  std::string path;
  std::string user_column = "user";
  std::string item_column = "item";
  std::string rating_column = "rating";
  std::string delimiter = ",";
  Duplicates duplicates = Duplicates::error;
  std::uint64_t max_bytes = default_max_bytes;

  void check() const { check_delimiter(delimiter); }

  template <class V>
  static void fields(V& v) {
    v(&CsvSource::path, "path", config::required,
      "CSV file, plain or .gz, with a header row; a relative path is also looked up below "
      "$LACUNA_DATA");
    v(&CsvSource::user_column, "user_column", "column of the user ids (unsigned 64-bit)");
    v(&CsvSource::item_column, "item_column", "column of the item ids (unsigned 64-bit)");
    v(&CsvSource::rating_column, "rating_column", "column of the ratings");
    v(&CsvSource::delimiter, "delimiter", "text between two fields");
    v(&CsvSource::duplicates, "duplicates", "a second rating of the same pair");
    v(&CsvSource::max_bytes, "max_bytes", config::at_least(1),
      "largest size of the uncompressed file, in bytes");
    common_fields(v);
  }
};

/// Ratings drawn from a known low-rank truth; see synthetic.hpp for the model.
struct SyntheticSource : RatingsConfig {
  static constexpr std::string_view tag = "synthetic";
  std::int64_t users = 1000;
  std::int64_t items = 600;
  std::int64_t ratings = 40000;
  std::int64_t rank = 4;
  double bias = 0.4;
  double signal = 0.6;
  double noise = 0.4;
  double user_exponent = 1.0;
  double item_exponent = 0.8;
  double selection = 1.0;
  double rating_min = 1;
  double rating_max = 5;
  double rating_step = 0.5;
  std::uint64_t seed = 0;

  void check() const {
    if (ratings < std::max(users, items) || ratings > users * items) {
      throw std::invalid_argument("ratings must lie between max(users, items) and users x items");
    }
    if (!(rating_min < rating_max)) {
      throw std::invalid_argument("rating_min must be smaller than rating_max");
    }
  }

  template <class V>
  static void fields(V& v) {
    using S = SyntheticSource;
    v(&S::users, "users", config::range(1, max_index), "number of users");
    v(&S::items, "items", config::range(1, max_index), "number of items");
    v(&S::ratings, "ratings", config::range(1, max_ratings),
      "number of ratings; at least max(users, items), at most users x items");
    v(&S::rank, "rank", config::range(1, 1024), "rank of the truth beside the biases");
    v(&S::bias, "bias", config::at_least(0), "standard deviation of user and of item biases");
    v(&S::signal, "signal", config::at_least(0), "standard deviation of the low-rank part");
    v(&S::noise, "noise", config::at_least(0), "standard deviation of the noise on a rating");
    v(&S::user_exponent, "user_exponent", config::range(0, 3),
      "Zipf exponent of the number of ratings per user; 0 = equal");
    v(&S::item_exponent, "item_exponent", config::range(0, 3),
      "Zipf exponent of the popularity of items; 0 = equal");
    v(&S::selection, "selection", config::range(0, 10),
      "how strongly users rate what they like; 0 = independent of the rating");
    v(&S::rating_min, "rating_min", "smallest rating");
    v(&S::rating_max, "rating_max", "largest rating");
    v(&S::rating_step, "rating_step", config::at_least(0),
      "ratings are rounded to rating_min plus multiples of this; 0 = not rounded");
    v(&S::seed, "seed", "seed of the generator");
    common_fields(v);
  }
};

/// All sources of ratings.
using RatingsSource = std::variant<SyntheticSource, MovieLensSource, CsvSource>;

inline const RatingsConfig& common(const RatingsSource& config) {
  return std::visit([](const auto& source) -> const RatingsConfig& { return source; }, config);
}

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
struct EnumNames<data::MovieLensFormat> {
  static constexpr std::array<std::pair<std::string_view, data::MovieLensFormat>, 4> values{
      {{"auto", data::MovieLensFormat::by_name},
       {"100k", data::MovieLensFormat::ml_100k},
       {"1m", data::MovieLensFormat::ml_1m},
       {"csv", data::MovieLensFormat::csv}}};
};

template <>
struct EnumNames<data::Orientation> {
  static constexpr std::array<std::pair<std::string_view, data::Orientation>, 2> values{
      {{"item", data::Orientation::item}, {"user", data::Orientation::user}}};
};

}  // namespace lacuna::config
