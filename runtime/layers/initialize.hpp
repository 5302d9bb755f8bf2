#pragma once

#include <cstdint>

#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// value = stddev N(0, 1). `stream` keeps parameters apart; float32 and float64 get the same
/// numbers.
void initialize_normal(DeviceContext& context, Parameter& parameter, double stddev,
                       std::uint64_t seed, std::uint32_t stream);

/// value uniform in (-limit, limit).
void initialize_uniform(DeviceContext& context, Parameter& parameter, double limit,
                        std::uint64_t seed, std::uint32_t stream);

}  // namespace lacuna
