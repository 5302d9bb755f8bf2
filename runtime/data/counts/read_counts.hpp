#pragma once

#include "runtime/data/counts/counts.hpp"
#include "runtime/data/counts/counts_config.hpp"
#include "runtime/data/load_options.hpp"

namespace lacuna::data {

/// The counts of a source's files as they are, cells by genes. Throws DataError for files that are
/// missing, damaged, of other kinds or hold what is no count, ConfigError where data.rows is needed
/// or does not fit.
Counts read_counts(const CountsSource& source, const LoadOptions& options = {});

}  // namespace lacuna::data
