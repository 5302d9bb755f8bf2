#include "runtime/data/ratings/load.hpp"

#include <fmt/format.h>

#include <optional>
#include <system_error>
#include <utility>
#include <variant>

#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/filter_ratings.hpp"
#include "runtime/data/ratings/locate_ratings.hpp"
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

/// What reading took for granted and left out, for people.
std::vector<std::string> notes_of(const ParsedRatings& parsed) {
  std::vector<std::string> notes = parsed.notes;
  const auto count = [&](std::int64_t rows, std::string_view what) {
    if (rows > 0) notes.push_back(fmt::format("{}: {} {}", parsed.files.front(), rows, what));
  };
  count(parsed.missing, "rows without rating left out");
  count(parsed.dropped, "ratings of data.drop_values left out");
  return notes;
}

/// Leaves out who has too few ratings, and says so.
void filter(Ratings& ratings, const RatingsFileConfig& source) {
  if (source.least_per_user <= 1 && source.least_per_item <= 1) return;
  const LeftOut out = keep_core(ratings, source.least_per_user, source.least_per_item);
  ratings.notes.push_back(
      fmt::format("{}: {} users, {} items and {} ratings left out in {} rounds, so that each user "
                  "has {} ratings and each item {}",
                  ratings.source, out.users, out.items, out.ratings, out.rounds,
                  source.least_per_user, source.least_per_item));
}

struct Loader {
  const LoadOptions& options;

  Ratings operator()(const SyntheticSource& source) const { return generate_ratings(source); }

  Ratings operator()(const MovieLensSource& source) const {
    const LocatedRatings located = locate_ratings(source);
    MovieLensSource settings = source;
    settings.format = located.format.row->delimiter == "\t"   ? MovieLensFormat::ml_100k
                      : located.format.row->delimiter == "::" ? MovieLensFormat::ml_1m
                                                              : MovieLensFormat::csv;
    return read(located, source, settings);
  }

  Ratings operator()(const CsvSource& source) const {
    return read(locate_ratings(source), source, source);
  }

  template <Layout L>
  Ratings operator()(const LayoutSource<L>& source) const {
    return read(locate_ratings(L, source), source, source);
  }

 private:
  /// `settings`: the source with all that changes what is read of its files.
  template <class Source>
  Ratings read(const LocatedRatings& located, const RatingsFileConfig& source,
               const Source& settings) const {
    const auto parse = [&] {
      ParsedRatings parsed = parse_ratings(located.files, located.format, source.max_bytes,
                                           {.threads = options.threads});
      std::vector<std::string> notes = notes_of(parsed);
      Ratings ratings = build_ratings(std::move(parsed), source.duplicates,
                                      located.files.front().path, located.test_within);
      ratings.notes = std::move(notes);
      filter(ratings, source);
      return ratings;
    };
    const bool one = located.files.size() == 1 && located.files.front().parts.empty();
    Ratings ratings =
        one ? through_cache(located.files.front().path, settings, options, parse) : parse();
    for (const std::string& note : located.notes) options.remark(note);
    for (const std::string& note : ratings.notes) options.remark(note);
    return ratings;
  }
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
