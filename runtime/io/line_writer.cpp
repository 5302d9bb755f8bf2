#include "runtime/io/line_writer.hpp"

#include <string>

namespace lacuna::io {

LineWriter::LineWriter(const std::filesystem::path& path) : file_(path) {}

void LineWriter::write(std::string_view line) {
  file_.append(std::string(line) + '\n', "a line");
}

}  // namespace lacuna::io
