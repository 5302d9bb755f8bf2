#include "runtime/data/ratings/id_map.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <system_error>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::string_view header = "index,id\n";

}  // namespace

std::string id_map_text(std::span<const std::uint64_t> ids) {
  std::string text(header);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{},{}\n", i, ids[i]);
  }
  return text;
}

std::vector<std::uint64_t> parse_id_map(std::string_view text, std::string_view path) {
  const auto damaged = [&](std::size_t line, std::string_view expected) {
    return DataError(fmt::format("{}:{}: damaged id map: {} expected", path, line, expected));
  };
  if (!text.starts_with(header)) throw damaged(1, "the header index,id");
  text.remove_prefix(header.size());
  std::vector<std::uint64_t> ids;
  while (!text.empty()) {
    const std::size_t line = ids.size() + 2;
    const std::string index = fmt::format("{},", ids.size());
    if (!text.starts_with(index)) throw damaged(line, "index " + std::to_string(ids.size()));
    text.remove_prefix(index.size());
    std::uint64_t id = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    const auto digits = static_cast<std::size_t>(rest - text.data());
    const bool leading_zero = digits > 1 && text.starts_with('0');
    text.remove_prefix(digits);
    if (error != std::errc{} || leading_zero || !text.starts_with('\n')) {
      throw damaged(line, "a 64-bit id");
    }
    text.remove_prefix(1);
    ids.push_back(id);
  }
  return ids;
}

}  // namespace lacuna::data
