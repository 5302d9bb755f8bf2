#pragma once

#include <string>

#include "runtime/data/ids.hpp"

namespace lacuna::data {

/// The text of an id map: "index,id" and one line per index, texts in quotes where they need them.
/// A run keeps it as users.csv and items.csv.
std::string id_map_text(const Ids& ids);

}  // namespace lacuna::data
