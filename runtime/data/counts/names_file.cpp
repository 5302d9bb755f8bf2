#include "runtime/data/counts/names_file.hpp"

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {

NamesFile read_names(const std::string& path, std::uint64_t max_bytes) {
  NamesFile file;
  for_each_line(
      path,
      [&](std::string_view line, std::int64_t) {
        const std::vector<std::string> fields = split_texts(line, {.delimiter = "\t"});
        file.names.push_back(fields[fields.size() > 1 ? 1 : 0]);
        file.genes.push_back(fields.size() > 2 && fields[2] != "Gene Expression" ? 0 : 1);
      },
      max_bytes);
  return file;
}

}  // namespace lacuna::data
