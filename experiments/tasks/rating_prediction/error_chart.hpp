#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"

namespace lacuna::experiments::report {

struct LaunchRecord;

/// Each launch's error on test ratings by the number of known ratings of their rows, by its runs'
/// error_by_count.csv; "" where there is none. Throws IoError where one is damaged.
std::string error_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

}  // namespace lacuna::experiments::report
