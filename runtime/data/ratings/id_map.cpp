#include "runtime/data/ratings/id_map.hpp"

#include <fmt/format.h>

#include <iterator>

#include "runtime/io/csv_field.hpp"

namespace lacuna::data {

std::string id_map_text(const Ids& ids) {
  std::string text = "index,id\n";
  for (std::int64_t i = 0; i < ids.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{},{}\n", i, io::csv_field(ids.text(i)));
  }
  return text;
}

}  // namespace lacuna::data
