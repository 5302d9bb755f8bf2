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

/// The parts as deal_ratings() deals them. All three have the shape of the whole, rows by
/// config.vectors; the test part has no entries where data.test_share is 0.
Split split_ratings(const Ratings& ratings, const RatingsConfig& config);

}  // namespace lacuna::data
