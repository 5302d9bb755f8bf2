#pragma once

#include <string>
#include <vector>

#include "runtime/data/ratings/load.hpp"

namespace lacuna::data {

/// Lines for people: users, items and density, how many ratings users and items have (least,
/// quartiles, most), the values, and which shares of the held-out pairs are cold.
std::string describe_ratings(const Dataset& dataset, Orientation vectors);

/// A part of the split as CSV, "user,item,rating" and a line for each, with the file's own ids.
std::string ratings_text(const CsrArrays& part, const IdMaps& ids, Orientation vectors);

}  // namespace lacuna::data
