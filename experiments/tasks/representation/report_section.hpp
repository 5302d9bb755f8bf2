#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"
#include "experiments/report/record.hpp"

namespace lacuna::experiments::report {

/// Of each variant's first run, as far as it has them: filters, reconstructions and samples where
/// rows are images, how many units are active, and how many are dead by epoch. "" where no run has
/// any.
std::string representation_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

}  // namespace lacuna::experiments::report
