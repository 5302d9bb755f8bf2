#pragma once

#include <cstdint>
#include <span>

#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// value = stddev N(0, 1). `stream` keeps parameters apart; float32 and float64 get the same
/// numbers.
void initialize_normal(DeviceContext& context, Parameter& parameter, double stddev,
                       std::uint64_t seed, std::uint32_t stream);

/// value uniform in (-limit, limit).
void initialize_uniform(DeviceContext& context, Parameter& parameter, double limit,
                        std::uint64_t seed, std::uint32_t stream);

/// value = values, as many as it has elements (std::logic_error).
void initialize(const Parameter& parameter, std::span<const float> values);

}  // namespace lacuna
