#include "experiments/reproduce/into_file.hpp"

#include <fmt/format.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"

namespace lacuna::experiments {

namespace {

/// Begin and end of what stands between the marks.
std::pair<std::size_t, std::size_t> between_marks(const std::string& text,
                                                  const std::filesystem::path& file,
                                                  const std::string& name) {
  const std::string begin = fmt::format("<!-- {} -->\n", name);
  const std::size_t from = text.find(begin);
  const std::size_t to =
      from == std::string::npos ? from : text.find(fmt::format("<!-- /{} -->\n", name), from);
  if (to != std::string::npos) return {from + begin.size(), to};
  throw ConfigError(
      fmt::format("{}: lacks the lines <!-- {} --> and <!-- /{} -->, between which the table goes",
                  file.string(), name, name));
}

}  // namespace

void check_marks(const std::filesystem::path& file, const std::string& name) {
  between_marks(config::read_json_text(file), file, name);
}

void write_between_marks(const std::filesystem::path& file, const std::string& name,
                         const std::string& text) {
  std::string whole = config::read_json_text(file);
  const auto [from, to] = between_marks(whole, file, name);
  whole.replace(from, to - from, text);
  io::write_file_atomically(file, whole);
}

}  // namespace lacuna::experiments
