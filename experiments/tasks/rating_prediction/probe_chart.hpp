#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"

namespace lacuna::experiments::report {

struct LaunchRecord;

/// Each launch's predictions against the number of known ratings, by its probe.csv; "" where there
/// is none. Throws IoError where one is damaged.
std::string probe_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

}  // namespace lacuna::experiments::report
