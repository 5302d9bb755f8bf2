#pragma once

#include "runtime/data/csr_arrays.hpp"
#include "runtime/data/ratings/ratings.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::data {

struct Split {
  CsrArrays train;
  CsrArrays validation;
  CsrArrays test;
  std::vector<float> test_truth;  ///< by entry of `test`; generated data only, else empty
};

/// Deals the ratings out at random: round(test * n) to test, round(validation * (n - test)) to
/// validation, the rest to train. All three have the shape of the whole, rows by config.vectors.
/// Depends on the set of ratings and config.split_seed alone. Throws DataError if a part would be
/// empty.
Split split_ratings(const Ratings& ratings, const RatingsConfig& config);

}  // namespace lacuna::data
