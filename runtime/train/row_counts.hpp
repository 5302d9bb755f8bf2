#pragma once

#include <cstdint>
#include <vector>

#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// How many non-zeros rows have, from `rows_by_non_zeros` of Facts, [columns + 1].

double mean_non_zeros(const std::vector<std::int64_t>& rows);

/// log p(count) for each count, one row of each added to those there are, so that none is
/// impossible.
std::vector<float> log_count_shares(const std::vector<std::int64_t>& rows);

/// k / max(count, 1) for `rows` counts that are drawn by their log shares, a function of `seed`.
std::vector<float> drawn_count_scales(const Tensor& log_share, double k, std::int64_t rows,
                                      std::uint64_t seed);

}  // namespace lacuna
