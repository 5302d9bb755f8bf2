#pragma once

#include "runtime/data/counts/counts.hpp"
#include "runtime/data/counts/counts_config.hpp"
#include "runtime/data/load_options.hpp"

namespace lacuna::data {

/// Counts whose non-zeros are dealt to three matrices of one shape, [cells, genes].
struct CountsSplit {
  Counts counts;  ///< all of them, preprocessed
  CsrArrays train;
  CsrArrays validation;
  CsrArrays test;  ///< without entries where data.test_share is 0
};

/// Reads, preprocesses and splits. Which non-zeros are hidden depends on their number, their order
/// by cell and gene, and the seed. Throws as read_counts() and preprocess(), and DataError where a
/// part would be empty.
CountsSplit load_counts(const CountsSource& source, const LoadOptions& options = {});

}  // namespace lacuna::data
