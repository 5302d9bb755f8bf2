#include <fmt/format.h>

#include <cmath>

#include "experiments/reproduce/reproduce.hpp"
#include "runtime/config/write.hpp"

namespace lacuna::experiments {

namespace {

std::string shown(const metrics::Interval& interval, bool difference = false) {
  if (interval.n == 0) return "-";
  const std::string mean =
      difference ? fmt::format("{:+.4f}", interval.mean) : fmt::format("{:.4f}", interval.mean);
  return interval.n == 1 ? mean : fmt::format("{} +- {:.4f}", mean, interval.half_width);
}

std::string shown(const std::optional<PaperValue>& paper) {
  if (!paper) return "-";
  return paper->interval ? fmt::format("{} +- {}", paper->value, *paper->interval)
                         : fmt::format("{}", paper->value);
}

}  // namespace

std::string verdict(const ReproducedCell& cell) {
  if (!cell.paper || cell.ours.n < 2 || !cell.status.empty()) return "-";
  const double tolerance = std::hypot(cell.ours.half_width, cell.paper->interval.value_or(0));
  const double difference = cell.ours.mean - cell.paper->value;
  if (std::abs(difference) <= tolerance) return "equal";
  return difference < 0 ? "better" : "worse";
}

metrics::Table table_of(const ReproductionReport& report) {
  metrics::Table table({report.table, "arm", "paper", "ours, all pairs", "warm pairs",
                        "first arm - this, paired", "runs", "ours is", "chosen on validation"});
  for (const ReproducedCell& cell : report.cells) {
    table.add_row({cell.row, cell.variant, shown(cell.paper), shown(cell.ours),
                   shown(cell.ours_warm), shown(cell.difference, true), std::to_string(cell.ours.n),
                   cell.status.empty() ? verdict(cell) : cell.status, cell.settings});
  }
  return table;
}

std::string means_of(const ReproductionReport& report) {
  std::string text;
  std::string before;
  for (const ReproducedCell& cell : report.cells) {
    const std::string line = fmt::format("- {}: {}\n", cell.row, cell.means);
    if (line != before) text += line;
    before = line;
  }
  return text;
}

config::Json to_json(const ReproductionReport& report) {
  const auto interval = [](const metrics::Interval& of) {
    return config::Json::object({{"n", of.n}, {"mean", of.mean}, {"half_width_95", of.half_width}});
  };
  const auto paper = [](const std::optional<PaperValue>& of) {
    return of ? config::to_json(*of)
              : config::Json::object({{"value", config::Json()}, {"interval", config::Json()}});
  };
  config::Json cells = config::Json::array();
  for (const ReproducedCell& cell : report.cells) {
    cells.push_back(config::Json::object({{"row", cell.row},
                                          {"variant", cell.variant},
                                          {"paper", paper(cell.paper)},
                                          {"ours", interval(cell.ours)},
                                          {"ours_warm", interval(cell.ours_warm)},
                                          {"first_minus_this", interval(cell.difference)},
                                          {"verdict", verdict(cell)},
                                          {"status", cell.status},
                                          {"settings", cell.settings},
                                          {"means", cell.means}}));
  }
  return config::Json::object({{"table", report.table}, {"cells", cells}});
}

}  // namespace lacuna::experiments
