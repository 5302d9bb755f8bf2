#include "runtime/data/find_delimiter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace lacuna::data {
namespace {

struct Candidate {
  std::string_view name;
  RowFormat format;
};
std::array<Candidate, 6> candidates() {
  return {Candidate{"tabs", {.delimiter = "\t", .quotes = true}},
          Candidate{"::", {.delimiter = "::", .quotes = true}},
          Candidate{"|", {.delimiter = "|", .quotes = true}},
          Candidate{";", {.delimiter = ";", .quotes = true}},
          Candidate{"commas", {.delimiter = ",", .quotes = true}},
          Candidate{"blanks", {.delimiter = " ", .blanks = true, .quotes = true}}};
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

/// What comes nearest to what is needed.
std::string most_columns(std::string_view line) {
  std::size_t most = 1;
  std::string_view by;
  for (const Candidate& candidate : candidates()) {
    const auto fields = fields_of(line, candidate.format);
    if (!fields) continue;
    const auto count = fields->size() - static_cast<std::size_t>(std::ranges::count(*fields, ""));
    if (count <= most) continue;
    most = count;
    by = candidate.name;
  }
  if (most == 1) return "neither tabs, ::, |, ;, commas nor blanks cut this line";
  return fmt::format("{} cut this line into {}", by, most);
}

}  // namespace

RowFormat find_delimiter(std::span<const std::string_view> lines,
                         std::span<const std::string_view> names, std::size_t least,
                         std::string_view advice) {
  std::optional<std::pair<Fit, RowFormat>> best;
  for (const Candidate& candidate : candidates()) {
    const auto fit = fit_of(lines, names, least, candidate.format);
    if (fit && (!best || best->first < *fit)) best = {*fit, candidate.format};
  }
  if (best) return best->second;
  throw RowError(
      fmt::format("{} columns are needed: {}{}", least, most_columns(lines.front()), advice),
      lines.front());
}

}  // namespace lacuna::data
