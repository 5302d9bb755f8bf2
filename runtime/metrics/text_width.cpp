#include "runtime/metrics/text_width.hpp"

#include <algorithm>

namespace lacuna::metrics {
namespace {

bool starts_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

}  // namespace

std::size_t text_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string_view text_prefix(std::string_view text, std::size_t width) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (starts_code_point(text[i]) && columns++ == width) return text.substr(0, i);
  }
  return text;
}

}  // namespace lacuna::metrics
