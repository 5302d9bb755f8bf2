#include "tests/build/symbols.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include "tests/build/demangle.hpp"

namespace lacuna::build {

namespace {

/// First words of the lines that name a symbol; others are an object's "path:".
std::set<std::string> symbols(std::string_view text) {
  std::set<std::string> found;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string name, kind;
    if (words >> name >> kind && kind.size() == 1) found.insert(name);
  }
  return found;
}

}  // namespace

std::vector<std::string> shared_symbols(std::string_view first, std::string_view second) {
  const auto one = symbols(first);
  const auto other = symbols(second);
  std::vector<std::string> both;
  std::ranges::set_intersection(one, other, std::back_inserter(both));
  for (std::string& symbol : both) symbol = demangled(symbol);
  std::erase_if(both, [](const std::string& name) { return name.find("lacuna::") == name.npos; });
  std::ranges::sort(both);
  return both;
}

}  // namespace lacuna::build
