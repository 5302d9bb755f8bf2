#include "runtime/data/ratings/locate_ratings.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "runtime/config/suggest.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/find_file.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view where_to_get_movielens =
    "MovieLens can be had from https://grouplens.org/datasets/movielens/; set data.path to the "
    "unpacked folder or the .zip";

struct KnownFile {
  std::string_view name;
  MovieLensFormat format;
};
constexpr std::array movielens_files{KnownFile{"u.data", MovieLensFormat::ml_100k},
                                     KnownFile{"ratings.dat", MovieLensFormat::ml_1m},
                                     KnownFile{"ratings_no_timestamp.dat", MovieLensFormat::ml_1m},
                                     KnownFile{"ratings.csv", MovieLensFormat::csv}};

/// What the data set's own files are called; a prefix ends in *.
std::vector<std::string_view> names_of(Layout layout) {
  switch (layout) {
    case Layout::netflix_prize:
      return {"combined_data_*", "mv_*"};
    case Layout::jester:
      return {"jester_ratings.dat", "jester-data-*"};
    case Layout::book_crossing:
      return {"BX-Book-Ratings.csv", "Ratings.csv"};
    case Layout::goodbooks:
      return {"ratings.csv"};
    case Layout::epinions:
      return {"ratings_data.txt", "rating.txt"};
    case Layout::lastfm:
      return {"user_artists.dat", "usersha1-artmbid-artname-plays.tsv"};
    case Layout::amazon:
      break;
  }
  return {};
}

std::string existing(const std::string& given, std::string_view key, std::string_view advice) {
  std::string path = resolve_path(given);
  if (!is_there(path)) {
    throw_missing(given, path,
                  advice.empty() ? fmt::format("Set {} to your file", key) : std::string(advice));
  }
  return path;
}

/// A file, a zip's only one, or a folder's parts.
RatingsFile file_or_parts(const std::string& given, std::string_view key, RatingsPart part) {
  const std::string path = existing(given, key, "");
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return {path, parts_of(path), part};
  return {path, {}, part};
}

void add_own_files(const RatingsFileConfig& source, LocatedRatings& located) {
  if (!source.validation_path.empty()) {
    located.files.push_back(
        file_or_parts(source.validation_path, "data.validation_path", RatingsPart::validation));
  }
  if (!source.test_path.empty()) {
    located.files.push_back(file_or_parts(source.test_path, "data.test_path", RatingsPart::test));
  }
}

std::optional<RatingsFile> known_file(const std::string& place, std::string_view name) {
  if (!name.ends_with('*')) {
    const auto path = find_file(place, name);
    return path ? std::optional(RatingsFile{*path}) : std::nullopt;
  }
  name.remove_suffix(1);
  std::vector<std::string> parts = find_files(place, name);
  if (parts.empty()) return std::nullopt;
  return RatingsFile{place, std::move(parts)};
}

/// Goes by the ending, so that the official folds (u1.base, u1.test) and renamed files work too.
std::optional<MovieLensFormat> format_by_name(const std::string& path) {
  const fs::path ending = fs::path(std::string(without_packing(path))).extension();
  if (ending == ".data" || ending == ".base" || ending == ".test") return MovieLensFormat::ml_100k;
  if (ending == ".dat" || ending == ".train") return MovieLensFormat::ml_1m;
  if (ending == ".csv") return MovieLensFormat::csv;
  return std::nullopt;
}

MovieLensFormat format_of_file(const std::string& path) {
  if (const auto format = format_by_name(path)) return *format;
  throw ConfigError(
      fmt::format("the name of {} does not tell its format: set data.format to \"100k\" "
                  "(tab-separated), \"1m\" (separated by ::) or \"csv\", or data.type to \"csv\"",
                  path));
}

std::pair<std::string, MovieLensFormat> find_movielens(const std::string& place,
                                                       MovieLensFormat wanted) {
  std::string looked;
  for (const KnownFile& known : movielens_files) {
    if (wanted != MovieLensFormat::by_name && wanted != known.format) continue;
    if (const auto path = find_file(place, known.name)) return {*path, known.format};
    looked += (looked.empty() ? "" : ", ") + std::string(known.name);
  }
  throw DataError(
      fmt::format("no ratings in {}: looked for {}. {}", place, looked, where_to_get_movielens));
}

/// The folds of a folder or a zip, by their test files.
std::string folds_of(const std::string& place) {
  std::vector<std::string> folds;
  for (const std::string& path : find_files(place, "")) {
    const fs::path name = fs::path(std::string(without_packing(path))).filename();
    if (name.extension() == ".test") folds.push_back(name.stem().string());
  }
  if (folds.empty()) return "there are none: set data.path to the folder or the .zip of MovieLens";
  return "set data.fold to one of those there: " + config::joined(folds, ", ");
}

/// The two files of an official split.
LocatedRatings locate_fold(const MovieLensSource& source, const std::string& place) {
  const auto find = [&](std::string_view ending) {
    return find_file(place, source.fold + std::string(ending));
  };
  auto train = find(".base");
  if (!train) train = find(".train");
  const auto test = find(".test");
  const bool within = !train;
  if (within) train = find_file(place, source.fold.starts_with('u') ? "u.data" : "ratings.dat");
  if (!train || !test) {
    throw DataError(
        fmt::format("no fold '{}' in {}: looked for {}.base (or .train, or the whole "
                    "file) and {}.test; {}",
                    source.fold, place, source.fold, source.fold, folds_of(place)));
  }
  const bool tabs = source.fold.starts_with('u');
  const auto format = tabs ? MovieLensFormat::ml_100k : MovieLensFormat::ml_1m;
  LocatedRatings located{
      .files = {}, .format = format_of(source, format), .notes = {}, .test_within = within};
  located.files.push_back({*train});
  located.files.push_back({*test, {}, RatingsPart::test});
  const bool block = tabs && source.fold.find_first_of("12345") != std::string::npos;
  located.notes.push_back(fmt::format(
      "{} holds out {}: its results are not comparable with random splits", source.fold,
      block ? "a consecutive block of MovieLens 100K's file" : "some ratings of each user"));
  return located;
}

}  // namespace

LocatedRatings locate_ratings(const MovieLensSource& source) {
  std::string path = existing(source.path, "data.path", where_to_get_movielens);
  if (!source.fold.empty()) return locate_fold(source, path);
  MovieLensFormat format = source.format;
  if (holds_files(path)) {
    std::tie(path, format) = find_movielens(path, source.format);
  } else if (format == MovieLensFormat::by_name) {
    format = format_of_file(path);
  }
  LocatedRatings located{.files = {}, .format = format_of(source, format), .notes = {}};
  located.files.push_back({path});
  add_own_files(source, located);
  return located;
}

LocatedRatings locate_ratings(const CsvSource& source) {
  LocatedRatings located{.files = {}, .format = format_of(source), .notes = {}};
  located.files.push_back(file_or_parts(source.path, "data.path", RatingsPart::train));
  add_own_files(source, located);
  return located;
}

LocatedRatings locate_ratings(Layout layout, const RatingsFileConfig& source) {
  const std::string path = existing(source.path, "data.path", "");
  LocatedRatings located{.files = {}, .format = format_of(layout, source), .notes = {}};
  if (holds_files(path)) {
    for (const std::string_view name : names_of(layout)) {
      if (auto file = known_file(path, name)) {
        located.files.push_back(*std::move(file));
        break;
      }
    }
  }
  if (located.files.empty()) {
    located.files.push_back(file_or_parts(source.path, "data.path", RatingsPart::train));
  }
  add_own_files(source, located);
  return located;
}

namespace {

FileFormat names_of_source(const SyntheticSource&) {
  return {};
}
FileFormat names_of_source(const MovieLensSource& source) {
  return format_of(source, MovieLensFormat::csv);
}
FileFormat names_of_source(const CsvSource& source) {
  return format_of(source);
}
template <Layout L>
FileFormat names_of_source(const LayoutSource<L>& source) {
  return format_of(L, source);
}

}  // namespace

FileFormat column_names_of(const RatingsSource& source) {
  return std::visit([](const auto& chosen) { return names_of_source(chosen); }, source);
}

}  // namespace lacuna::data
