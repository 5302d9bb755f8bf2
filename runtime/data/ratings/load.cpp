#include "runtime/data/ratings/load.hpp"

#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "runtime/data/data_path.hpp"
#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/locate.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/ratings_cache.hpp"
#include "runtime/data/ratings/synthetic.hpp"

namespace lacuna::data {
namespace {

/// A file beyond `max_bytes` is left to its reader, which refuses it without looking at it.
bool is_cached(const std::string& path, std::uint64_t max_bytes, const LoadOptions& options) {
  std::error_code ignored;
  if (options.cache.empty() || !std::filesystem::is_regular_file(path, ignored)) return false;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  return size >= options.cached_from && size <= max_bytes;
}

/// The ratings that read() makes of `path`, from the cache where they are there. `settings`: all
/// that changes the result.
template <class Source, class Read>
Ratings through_cache(const std::string& path, const Source& settings, const LoadOptions& options,
                      Read read) {
  if (!is_cached(path, settings.max_bytes, options)) return read();
  const RatingsCache cache(options.cache, settings, options.remark);
  const std::string key = cache.key(path);
  if (std::optional<Ratings> kept = cache.find(key, path)) return std::move(*kept);
  Ratings ratings = read();
  // A file that changed meanwhile would be found under the wrong key.
  if (options.keep && cache.key(path) == key) cache.keep(key, ratings);
  return ratings;
}

struct Loader {
  const LoadOptions& options;

  Ratings operator()(const SyntheticSource& source) const { return generate_ratings(source); }

  Ratings operator()(const MovieLensSource& source) const {
    const MovieLensFile file = locate_movielens(source);
    MovieLensSource settings = source;
    settings.format = file.format;
    return through_cache(file.path, settings, options, [&] {
      return build_ratings(
          parse_movielens(file.path, file.format, source.max_bytes, parse_options()),
          source.duplicates, file.path);
    });
  }

  Ratings operator()(const CsvSource& source) const {
    const std::string path = locate_file(source.path);
    return through_cache(path, source, options, [&] {
      return build_ratings(parse_csv(path, source, parse_options()), source.duplicates, path);
    });
  }

  ParseOptions parse_options() const { return {.threads = options.threads}; }
};

}  // namespace

Ratings load_ratings(const RatingsSource& config, const LoadOptions& options) {
  return std::visit(Loader{options}, config);
}

Dataset load(const RatingsSource& config, const LoadOptions& options) {
  Ratings ratings = load_ratings(config, options);
  Split split = split_ratings(ratings, common(config));
  return {std::move(ratings.ids), std::move(ratings.source), std::move(ratings.checksum),
          std::move(split)};
}

}  // namespace lacuna::data
