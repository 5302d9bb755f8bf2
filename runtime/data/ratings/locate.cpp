#include "runtime/data/ratings/locate.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>
#include <system_error>

#include "runtime/data/data_path.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view where_to_get =
    "MovieLens can be had from https://grouplens.org/datasets/movielens/; set data.path to "
    "the unpacked folder";

struct KnownFile {
  std::string_view name;
  MovieLensFormat format;
};
constexpr std::array known_files{
    KnownFile{"u.data", MovieLensFormat::ml_100k},
    KnownFile{"u.data.gz", MovieLensFormat::ml_100k},
    KnownFile{"ratings.dat", MovieLensFormat::ml_1m},
    KnownFile{"ratings.dat.gz", MovieLensFormat::ml_1m},
    KnownFile{"ratings_no_timestamp.dat", MovieLensFormat::ml_1m},
    KnownFile{"ratings_no_timestamp.dat.gz", MovieLensFormat::ml_1m},
    KnownFile{"ratings.csv", MovieLensFormat::csv},
    KnownFile{"ratings.csv.gz", MovieLensFormat::csv},
};

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

MovieLensFile find_in_folder(const fs::path& folder, MovieLensFormat wanted) {
  std::string looked;
  for (const KnownFile& known : known_files) {
    if (wanted != MovieLensFormat::by_name && wanted != known.format) continue;
    const fs::path path = folder / known.name;
    if (fs::exists(path)) return {path.string(), known.format};
    looked += (looked.empty() ? "" : ", ") + std::string(known.name);
  }
  throw DataError(fmt::format("no ratings in the folder {}: looked for {}. {}", folder.string(),
                              looked, where_to_get));
}

/// Goes by the ending, so that the official folds (u1.base, u1.test) and renamed files work too.
std::optional<MovieLensFormat> format_by_name(const std::string& path) {
  fs::path name(path);
  if (name.extension() == ".gz") name = name.stem();
  const fs::path ending = name.extension();
  if (ending == ".data" || ending == ".base" || ending == ".test") return MovieLensFormat::ml_100k;
  if (ending == ".dat") return MovieLensFormat::ml_1m;
  if (ending == ".csv") return MovieLensFormat::csv;
  return std::nullopt;
}

}  // namespace

MovieLensFile locate_movielens(const MovieLensSource& source) {
  const std::string path = resolve_path(source.path);
  if (!fs::exists(path)) throw_missing(source.path, path, where_to_get);
  if (is_folder(path)) return find_in_folder(path, source.format);
  if (source.format != MovieLensFormat::by_name) return {path, source.format};
  const std::optional<MovieLensFormat> format = format_by_name(path);
  if (!format) {
    throw ConfigError(
        fmt::format("the name of {} does not tell its format: set data.format to \"100k\" "
                    "(tab-separated), \"1m\" (separated by ::) or \"csv\", or data.type to "
                    "\"csv\"",
                    path));
  }
  return {path, *format};
}

}  // namespace lacuna::data
