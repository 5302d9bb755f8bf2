#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/reproduce/reproduce.hpp"

/// The cells of a figure by panel, a row of the report, and by series.
namespace lacuna::experiments {

/// A row's cells of one series, by their abscissa.
using Series = std::vector<const ReproducedCell*>;

/// The variant's name up to its last comma, of baselines all of it.
std::string series_of(const ReproducedCell& cell);
/// By name, in the order of their first cells.
std::vector<std::pair<std::string, Series>> series_of_row(const ReproductionReport& report,
                                                          const std::string& row);
/// In their order, each once.
std::vector<std::string> rows_of(const ReproductionReport& report);

/// A number of a run's details, where it has it.
std::optional<double> detail_of(const Outcome& run, const std::string& name);

/// The first score of one cell minus another's, seed by seed.
metrics::Interval difference(const ReproducedCell& a, const ReproducedCell& b);

/// "+1.234 +- 0.056".
std::string signed_text(const metrics::Interval& interval);
/// Whether the interval does not hold 0.
bool is_told_apart(const metrics::Interval& interval);

}  // namespace lacuna::experiments
