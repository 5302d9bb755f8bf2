#include "experiments/report/facts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace lacuna::experiments::report {

namespace {

/// The value's text; a dash where there is none.
std::string value_of(const Facts& facts, const std::string& name) {
  for (const auto& [own, value] : facts.values) {
    if (own == name && !value.empty()) return value;
  }
  return "\u2013";
}

/// Joins those with equal values, and their labels.
std::vector<Facts> merged(const std::vector<Facts>& facts) {
  std::vector<Facts> columns;
  for (const Facts& each : facts) {
    const auto same = std::ranges::find(columns, each.values, &Facts::values);
    if (same == columns.end()) {
      columns.push_back(each);
    } else {
      same->label += ", " + each.label;
    }
  }
  return columns;
}

}  // namespace

std::vector<Facts> facts_of(const std::vector<const VariantRecord*>& variants,
                            Values (*describe)(const RunRecord&)) {
  std::vector<Facts> all;
  for (const VariantRecord* variant : variants) {
    std::vector<Facts> runs;
    for (const RunRecord& run : variant->runs) {
      runs.push_back({fmt::format("{}, seed {}", variant->label, run.outcome.seed), describe(run)});
    }
    const bool agree = std::ranges::all_of(
        runs, [&](const Facts& facts) { return facts.values == runs.front().values; });
    if (agree) runs = {{variant->label, runs.front().values}};
    all.insert(all.end(), runs.begin(), runs.end());
  }
  return all;
}

Rows side_by_side(const std::vector<Facts>& facts, const std::string& all) {
  const std::vector<Facts> columns = merged(facts);
  Rows rows{{""}};
  for (const Facts& column : columns) rows[0].push_back(columns.size() == 1 ? all : column.label);
  std::vector<std::string> names;
  for (const Facts& column : columns) {
    for (const auto& [name, value] : column.values) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  for (const std::string& name : names) {
    std::vector<std::string>& row = rows.emplace_back(1, name);
    for (const Facts& column : columns) row.push_back(value_of(column, name));
  }
  return rows;
}

Rows differences(const Rows& rows) {
  Rows kept{rows.front()};
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const bool differ = std::any_of(rows[r].begin() + 1, rows[r].end(),
                                    [&](const std::string& cell) { return cell != rows[r][1]; });
    if (differ) kept.push_back(rows[r]);
  }
  return kept;
}

}  // namespace lacuna::experiments::report
