#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// The text of an id map, "index,id" and one line per index; a run keeps it as users.csv and
/// items.csv.
std::string id_map_text(std::span<const std::uint64_t> ids);

/// The ids by index from the text of an id map. Throws DataError "path:line: ..." unless the text
/// is one that id_map_text() writes.
std::vector<std::uint64_t> parse_id_map(std::string_view text, std::string_view path);

}  // namespace lacuna::data
