#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/reproduce/reproduce.hpp"

/// The cells of a figure by panel, a row of the report, and by series.
namespace lacuna::experiments {

/// A row's cells of one series, by their abscissa.
using Series = std::vector<const ReproducedCell*>;

/// The variant's name up to its last comma, of baselines all of it.
std::string series_of(const ReproducedCell& cell);
std::map<std::string, Series> series_of_row(const ReproductionReport& report,
                                            const std::string& row);
/// In their order, each once.
std::vector<std::string> rows_of(const ReproductionReport& report);

/// The first score of one cell minus another's, seed by seed.
metrics::Interval difference(const ReproducedCell& a, const ReproducedCell& b);

/// "+1.234 +- 0.056".
std::string signed_text(const metrics::Interval& interval);
/// Whether the interval does not hold 0.
bool is_told_apart(const metrics::Interval& interval);

}  // namespace lacuna::experiments
