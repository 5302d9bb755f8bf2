#include "runtime/config/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace lacuna::config {
namespace {

std::string folded(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return result;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_back.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_back[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::optional<std::string_view> nearest(std::string_view typed,
                                        std::span<const std::string_view> names) {
  constexpr std::size_t longest_name = 256;  // keeps the quadratic distance off hostile input
  if (typed.size() > longest_name) return std::nullopt;
  const std::string key = folded(typed);
  std::optional<std::string_view> best;
  std::size_t best_distance = longest_name;
  for (const std::string_view name : names) {
    const std::size_t length = std::max(key.size(), name.size());
    const std::size_t cutoff = length > 1 ? std::max<std::size_t>(1, length / 3) : 0;
    const std::size_t distance = edit_distance(key, folded(name));
    if (distance <= cutoff && distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view typed, std::span<const std::string_view> names,
                         std::string_view what) {
  if (const auto name = nearest(typed, names)) return fmt::format("did you mean '{}'?", *name);
  return fmt::format("{}: {}", what, quoted_list(names));
}

std::string joined(std::span<const std::string> texts, std::string_view separator) {
  std::string result;
  for (const std::string& text : texts) {
    if (&text != &texts.front()) result += separator;
    result += text;
  }
  return result;
}

std::string quoted_list(std::span<const std::string_view> names) {
  if (names.empty()) return "none";
  std::vector<std::string> quoted;
  for (const std::string_view name : names) quoted.push_back(fmt::format("'{}'", name));
  return joined(quoted, ", ");
}

}  // namespace lacuna::config
