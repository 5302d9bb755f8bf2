#include "experiments/reproduce/into_file.hpp"

#include <fmt/format.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"

namespace lacuna::experiments {

void write_between_marks(const std::filesystem::path& file, const std::string& name,
                         const std::string& text) {
  std::string whole = config::read_json_text(file);
  const std::string begin = fmt::format("<!-- {} -->\n", name);
  const std::string end = fmt::format("<!-- /{} -->\n", name);
  const std::size_t from = whole.find(begin);
  const std::size_t to = from == std::string::npos ? from : whole.find(end, from);
  if (to == std::string::npos) {
    throw ConfigError(
        fmt::format("{}: lacks the lines <!-- {} --> and <!-- /{} -->, between which "
                    "the table goes",
                    file.string(), name, name));
  }
  whole.replace(from + begin.size(), to - from - begin.size(), text);
  io::write_file_atomically(file, whole);
}

}  // namespace lacuna::experiments
