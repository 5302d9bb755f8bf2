#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>

namespace lacuna::data {

/// The titles of items, UTF-8, by the file's own ids.
using Titles = std::unordered_map<std::uint64_t, std::string>;

/// The titles that stand beside a ratings file, as MovieLens has them: in u.item (fields separated
/// by |), movies.dat (by ::) or movies.csv (columns movieId or item, and title), each also with
/// .gz; of several, the one that goes with the ratings file's ending. Text that is not UTF-8 is
/// taken for latin-1. Empty where there is no such file. Throws DataError "path:line: ..." on the
/// first damaged line.
Titles titles_beside(const std::filesystem::path& ratings);

}  // namespace lacuna::data
