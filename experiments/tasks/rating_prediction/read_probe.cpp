#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <limits>
#include <stdexcept>

#include "experiments/tasks/rating_prediction/probe.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

/// The quoted field that `text` begins with; `text` goes on behind it and its comma.
std::string take_name(std::string_view& text) {
  std::string name;
  std::size_t at = 1;
  while (at < text.size() && (text[at] != '"' || text.substr(at, 2) == "\"\"")) {
    if (text[at] == '"') ++at;
    name += text[at++];
  }
  const bool whole = text.starts_with('"') && text.substr(std::min(at, text.size()), 2) == "\",";
  if (!whole) throw std::invalid_argument("a quoted name is missing");
  text.remove_prefix(at + 2);
  return name;
}

/// A number at the start of `text`, which goes on behind it and its comma or line end.
template <class T>
T take_number(std::string_view& text) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || (length < text.size() && text[length] != ',' && text[length] != '\n'))
    throw std::invalid_argument("a number is missing");
  text.remove_prefix(std::min(length + 1, text.size()));
  return number;
}

void read_row(std::string_view& text, bool has_actual, std::vector<ProbeCurve>& curves) {
  std::string name = take_name(text);
  if (curves.empty() || curves.back().variant != name)
    curves.push_back({std::move(name), 0, {}, {}});
  ProbeCurve& curve = curves.back();
  const auto known = take_number<std::int64_t>(text);
  if (curve.known.empty() || curve.known.back() != known) {
    curve.known.push_back(known);
    curve.prediction.emplace_back();
  }
  take_number<std::int64_t>(text);  // the draw: they come in order
  curve.prediction.back().push_back(take_number<float>(text));
  curve.actual = has_actual ? take_number<double>(text) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::vector<ProbeCurve> read_probe(const std::filesystem::path& file) {
  constexpr std::array headers{std::string_view("variant,known_ratings,draw,prediction\n"),
                               std::string_view("variant,known_ratings,draw,prediction,actual\n")};
  std::ifstream stream(file, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(stream), {}};
  std::string_view rest = whole;
  const bool has_actual = rest.starts_with(headers[1]);
  if (!has_actual && !rest.starts_with(headers[0])) {
    throw IoError(
        fmt::format("{}:1: not the header of a probe.csv; remove the file", file.string()));
  }
  rest.remove_prefix(headers[has_actual ? 1 : 0].size());
  std::vector<ProbeCurve> curves;
  int line = 2;
  try {
    for (; !rest.empty(); ++line) read_row(rest, has_actual, curves);
  } catch (const std::invalid_argument& error) {
    throw IoError(fmt::format("{}:{}: {}; remove the file", file.string(), line, error.what()));
  }
  return curves;
}

}  // namespace lacuna::experiments
