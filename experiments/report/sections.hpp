#pragma once

#include "experiments/report/chart.hpp"
#include "experiments/report/record.hpp"

/// The report's parts, each HTML with its heading, or "" where it would be empty.
namespace lacuna::experiments::report {

/// Baselines and variants, mean and 95 % interval over seeds.
std::string results_section(const std::vector<LaunchRecord>& launches);

/// The paired difference between variants that share seeds, test ratings and protocol.
std::string pairs_section(const std::vector<LaunchRecord>& launches);

/// Validation curves against each other, then each variant with all its seeds, then penalty and
/// learning rate where they changed.
std::string curves_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

/// A launch's predictions against the number of known ratings.
std::string probe_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

/// Every run, how it ended and where it lies.
std::string runs_section(const std::vector<LaunchRecord>& launches);

/// Ratings and split, and how predictions were judged.
std::string data_section(const std::vector<LaunchRecord>& launches);

/// What differs between the variants, then everything.
std::string configuration_section(const std::vector<LaunchRecord>& launches);

/// Build, machine and command line.
std::string environment_section(const std::vector<LaunchRecord>& launches);

}  // namespace lacuna::experiments::report
