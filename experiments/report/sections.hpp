#pragma once

#include "experiments/report/chart.hpp"
#include "experiments/report/record.hpp"

/// The report's parts, each HTML with its heading, or "" where it would be empty. Launches, of
/// which there is at least one, are of one task unless it says otherwise.
namespace lacuna::experiments::report {

/// All launches as one, variants by their labels; a baseline is named after its launch where they
/// are measured against different ones.
Results together(const std::vector<LaunchRecord>& launches);

/// Baselines and variants, mean and 95 % interval over seeds.
std::string results_section(const std::vector<LaunchRecord>& launches);

/// The paired difference between variants that share seeds, test data and protocol.
std::string pairs_section(const std::vector<LaunchRecord>& launches);

/// Validation curves against each other, then each variant with all its seeds, then the terms of
/// losses that have several, then penalty and learning rate where they changed.
std::string curves_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer);

/// A figure of the terms of a variant's loss, each by its name; "" where there are not several.
std::string loss_chart(const VariantRecord& variant, ChartDrawer& drawer);

/// The metric that the runs' best epochs were chosen by, as the first run with epochs says.
const Metric& metric_of(const std::vector<const VariantRecord*>& variants);

/// Every run, how it ended and where it lies.
std::string runs_section(const std::vector<LaunchRecord>& launches);

/// Data and split, and how predictions were judged.
std::string data_section(const std::vector<LaunchRecord>& launches);

/// What differs between the variants, then everything; of any tasks.
std::string configuration_section(const std::vector<LaunchRecord>& launches);

/// Build, machine and command line; of any tasks.
std::string environment_section(const std::vector<LaunchRecord>& launches);

}  // namespace lacuna::experiments::report
