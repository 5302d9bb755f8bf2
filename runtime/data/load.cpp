#include "runtime/data/load.hpp"

#include <utility>
#include <variant>

#include "runtime/data/build_ratings.hpp"
#include "runtime/data/locate.hpp"
#include "runtime/data/parse_ratings.hpp"
#include "runtime/data/synthetic.hpp"

namespace lacuna::data {
namespace {

struct Loader {
  Ratings operator()(const SyntheticSource& source) const { return generate_ratings(source); }

  Ratings operator()(const MovieLensSource& source) const {
    const MovieLensFile file = locate_movielens(source);
    return build_ratings(parse_movielens(file.path, file.format, source.max_bytes),
                         source.duplicates, file.path);
  }

  Ratings operator()(const CsvSource& source) const {
    const std::string path = locate_csv(source);
    return build_ratings(parse_csv(path, source), source.duplicates, path);
  }
};

}  // namespace

Ratings load_ratings(const DataConfig& config) {
  return std::visit(Loader{}, config);
}

Dataset load(const DataConfig& config) {
  Ratings ratings = load_ratings(config);
  Split split = split_ratings(ratings, common(config));
  return {std::move(ratings.ids), std::move(ratings.source), std::move(ratings.checksum),
          std::move(split)};
}

}  // namespace lacuna::data
