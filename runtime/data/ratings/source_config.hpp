#pragma once

#include <variant>

#include "runtime/data/ratings/file_sources.hpp"
#include "runtime/data/ratings/synthetic_source.hpp"

namespace lacuna::data {

/// All sources of ratings: the "data" part of experiments that predict them.
using RatingsSource =
    std::variant<SyntheticSource, MovieLensSource, CsvSource, LayoutSource<Layout::netflix_prize>,
                 LayoutSource<Layout::jester>, LayoutSource<Layout::book_crossing>,
                 LayoutSource<Layout::amazon>, LayoutSource<Layout::goodbooks>,
                 LayoutSource<Layout::epinions>, LayoutSource<Layout::lastfm>>;

inline const RatingsConfig& common(const RatingsSource& config) {
  return std::visit([](const auto& source) -> const RatingsConfig& { return source; }, config);
}

}  // namespace lacuna::data
