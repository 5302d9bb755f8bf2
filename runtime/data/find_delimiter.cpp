#include "runtime/data/find_delimiter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace lacuna::data {
namespace {

std::array<RowFormat, 6> candidates() {
  return {RowFormat{.delimiter = "\t", .quotes = true},
          RowFormat{.delimiter = "::", .quotes = true},
          RowFormat{.delimiter = "|", .quotes = true},
          RowFormat{.delimiter = ";", .quotes = true},
          RowFormat{.delimiter = ",", .quotes = true},
          RowFormat{.delimiter = " ", .blanks = true, .quotes = true}};
}

/// The fields of a line; nothing where it does not fit the format.
std::optional<std::vector<std::string_view>> fields_of(std::string_view line,
                                                       const RowFormat& format) {
  try {
    return split_fields(line, format);
  } catch (const RowError&) {
    return std::nullopt;
  }
}

struct Fit {
  std::size_t named = 0;  ///< wanted names that the first line has
  bool even = false;      ///< all lines have as many fields

  auto operator<=>(const Fit&) const = default;
};

std::optional<Fit> fit_of(std::span<const std::string_view> lines,
                          std::span<const std::string_view> names, std::size_t least,
                          const RowFormat& format) {
  detail::check_length(lines.front());
  const auto first = fields_of(lines.front(), format);
  if (!first || first->size() < least) return std::nullopt;
  Fit fit{.even = true};
  for (const std::string_view field : *first) {
    if (std::ranges::find(names, trimmed(field)) != names.end()) ++fit.named;
  }
  // Jester's delimiter is two tabs.
  const bool gap = std::find(first->begin(), first->begin() + static_cast<std::ptrdiff_t>(least),
                             "") != first->begin() + static_cast<std::ptrdiff_t>(least);
  if (fit.named == 0 && gap) return std::nullopt;
  for (const std::string_view line : lines) {
    const auto fields = fields_of(line, format);
    if (!fields || fields->size() != first->size()) fit.even = false;
  }
  return fit;
}

}  // namespace

RowFormat find_delimiter(std::span<const std::string_view> lines,
                         std::span<const std::string_view> names, std::size_t least) {
  std::optional<std::pair<Fit, RowFormat>> best;
  for (const RowFormat& format : candidates()) {
    const auto fit = fit_of(lines, names, least, format);
    if (fit && (!best || best->first < *fit)) best = {*fit, format};
  }
  if (best) return best->second;
  throw RowError(
      fmt::format("neither tab, ::, |, ;, comma nor blanks cut this line into {} columns (name the "
                  "text between two of them in data.delimiter)",
                  least),
      lines.front());
}

}  // namespace lacuna::data
