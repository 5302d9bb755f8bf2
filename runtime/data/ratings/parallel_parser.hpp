#pragma once

#include <string>

#include "runtime/data/ratings/file_format.hpp"
#include "runtime/data/ratings/find_layout.hpp"
#include "runtime/data/ratings/rating_merger.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// Appends all of `source`, which stands for the file `path`, to `merger`, where the file was not
/// begun yet: threads take pieces in turn, parse them side by side, and append their ratings in the
/// order of the file. Returns how the file is laid out. Errors as parse_ratings().
FileLayout parse_text(TextSource& source, const std::string& path, RatingsPart part,
                      const FileFormat& format, int threads, RatingMerger& merger);

}  // namespace lacuna::data
