#pragma once

#include <cstdint>

#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// value = stddev N(0, 1). `stream` keeps parameters apart; float and double get the same numbers.
template <class T>
void initialize_normal(DeviceContext& context, Parameter& parameter, double stddev,
                       std::uint64_t seed, std::uint32_t stream);

}  // namespace lacuna
