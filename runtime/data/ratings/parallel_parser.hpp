#pragma once

#include <functional>
#include <string_view>

#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/rating_row.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// What a file's first line tells of its rows.
struct FileLayout {
  RowLayout row;
  bool header = false;  ///< the first line is no rating
};

/// Parses all of `source`, which stands for the file `path`: threads take pieces in turn, parse
/// them side by side, and append their ratings in the order of the file. `layout_of` is given the
/// first line and may throw RowError. Errors as parse_movielens().
ParsedRatings parse_text(TextSource& source, const std::string& path, int threads,
                         const std::function<FileLayout(std::string_view)>& layout_of);

}  // namespace lacuna::data
