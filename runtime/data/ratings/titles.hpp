#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "runtime/data/ids.hpp"

namespace lacuna::data {

/// The titles of items, UTF-8, by their index.
using Titles = std::unordered_map<std::int32_t, std::string>;

/// The titles that stand beside a ratings file, plain or packed, in the same folder or zip: u.item,
/// movies.dat and movies.csv (MovieLens), movie_titles.txt or .csv (Netflix), BX-Books.csv or
/// Books.csv (Book-Crossing), books.csv (goodbooks), artists.dat (Last.fm), meta_* (Amazon); of
/// several, the one that goes with the ratings file's ending. A CSV file with the columns item and
/// title does, too. Titles of items that nobody rated are left out. Text that is not UTF-8 is taken
/// for latin-1. Empty where there is no such file. Throws DataError "path:line: ..." on the first
/// damaged line.
Titles titles_beside(const std::string& ratings, const Ids& items);

}  // namespace lacuna::data
