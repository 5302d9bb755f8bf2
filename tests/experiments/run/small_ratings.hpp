#pragma once

#include "runtime/data/ratings/load.hpp"

namespace lacuna::experiments {

/// Three rows by four columns. Row 2 and column 3 have no training rating, so of the four test
/// pairs (0,1) = 1, (1,0) = 5, (1,3) = 2 and (2,2) = 4 the last two are cold. Training mean 3,
/// range [2, 4].
inline data::Dataset small_ratings() {
  const auto matrix = [](std::vector<std::int64_t> row_ptr, std::vector<std::int32_t> col,
                         std::vector<float> value) {
    return data::CsrArrays{3, 4, std::move(row_ptr), std::move(col), std::move(value)};
  };
  return {.ids = {},
          .source = "test",
          .checksum = "",
          .split = {.train = matrix({0, 2, 4, 4}, {0, 2, 1, 2}, {2, 4, 3, 3}),
                    .validation = matrix({0, 0, 1, 1}, {0}, {3}),
                    .test = matrix({0, 1, 3, 4}, {1, 0, 3, 2}, {1, 5, 2, 4}),
                    .test_truth = {}}};
}

}  // namespace lacuna::experiments
