#include "runtime/io/visible.hpp"

#include <fmt/format.h>

#include <iterator>

#include "runtime/config/utf8.hpp"

namespace lacuna::io {
namespace {

/// Those of ASCII, and U+0080 to U+009F.
bool is_control(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
  return byte(0) == 0xC2 && byte(1) < 0xA0;
}

void append_escaped(std::string& shown, std::string_view bytes) {
  for (const char c : bytes) {
    if (c == '\t') {
      shown += "\\t";
    } else if (c == '\n') {
      shown += "\\n";
    } else if (c == '\r') {
      shown += "\\r";
    } else {
      fmt::format_to(std::back_inserter(shown), "\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

std::string visible(std::string_view text, std::string_view kept) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = config::utf8_length(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    const bool escaped = length == 0 || is_control(character);
    if (!escaped || kept.find(character) != kept.npos) {
      shown += character;
    } else {
      append_escaped(shown, character);
    }
    text.remove_prefix(character.size());
  }
  return shown;
}

}  // namespace lacuna::io
