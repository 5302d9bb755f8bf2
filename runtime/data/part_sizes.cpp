#include "runtime/data/part_sizes.hpp"

#include <fmt/format.h>

#include <cmath>

#include "runtime/error.hpp"

namespace lacuna::data {

PartSizes part_sizes(std::int64_t n, std::optional<double> test_share, double validation_share,
                     std::string_view what) {
  const auto share = [](double part, std::int64_t of) {
    return static_cast<std::int64_t>(std::llround(part * static_cast<double>(of)));
  };
  const auto check = [&](std::string_view part, std::int64_t size, std::string_view advice) {
    if (size > 0) return;
    throw DataError(
        fmt::format("the {} part of {} {} is empty: {} or use more data", part, n, what, advice));
  };
  const std::int64_t test = test_share ? share(*test_share, n) : 0;
  const std::int64_t validation = share(validation_share, n - test);
  const std::int64_t train = n - test - validation;
  if (test_share) check("test", test, "raise data.test_share");
  check("validation", validation, "raise data.validation_share");
  check("training", train, "lower data.test_share and data.validation_share");
  return {train, validation, test};
}

}  // namespace lacuna::data
