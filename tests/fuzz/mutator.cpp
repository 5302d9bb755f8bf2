#include "tests/fuzz/mutator.hpp"

#include <string_view>

namespace lacuna::fuzz {

using std::string_view_literals::operator""sv;

std::string Mutator::operator()(std::string text, const std::string& other) {
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) change(text, other);
  return text;
}

void Mutator::change(std::string& text, const std::string& other) {
  constexpr auto telling = "\"\\{}[]:,;|\t\r\n -+.09eE\0\x1f\x80\xc0\xff"sv;
  const std::size_t at = below(text.size());
  const std::size_t length = 1 + below(16);
  switch (below(7)) {
    case 0:
      if (!text.empty()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
      break;
    case 1:
      if (!text.empty()) text[at] = telling[below(telling.size())];
      break;
    case 2:
      text.insert(at, 1, telling[below(telling.size())]);
      break;
    case 3:
      text.resize(at);
      break;
    case 4:
      text.erase(at, length);
      break;
    case 5:
      text.insert(at, text.substr(below(text.size()), length));
      break;
    default:  // a splice
      text = text.substr(0, at) + other.substr(below(other.size()));
  }
}

}  // namespace lacuna::fuzz
