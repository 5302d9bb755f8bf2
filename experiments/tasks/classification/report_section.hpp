#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"
#include "experiments/report/record.hpp"

namespace lacuna::experiments::report {

/// Of each variant's first run: how many test rows of each class were taken for which, and ROC
/// curves. "" where no run has them.
std::string classification_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

}  // namespace lacuna::experiments::report
