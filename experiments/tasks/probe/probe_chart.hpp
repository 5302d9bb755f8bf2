#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"
#include "experiments/tasks/probe/probe.hpp"

namespace lacuna::experiments::report {

struct LaunchRecord;

/// Each launch's predictions against the number of known values, by its probe.csv; "" where there
/// is none. Throws IoError where one is damaged.
std::string probe_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer,
                          const ProbeWords& words);

}  // namespace lacuna::experiments::report
