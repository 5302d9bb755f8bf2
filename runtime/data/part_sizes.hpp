#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lacuna::data {

struct PartSizes {
  std::int64_t train;
  std::int64_t validation;
  std::int64_t test;
};

/// How n things (`what`, for messages) are dealt out: round(test_share * n) to test,
/// round(validation_share * (n - test)) to validation, the rest to train. Throws DataError if a
/// part would be empty, but for a test part without a share.
PartSizes part_sizes(std::int64_t n, std::optional<double> test_share, double validation_share,
                     std::string_view what);

}  // namespace lacuna::data
