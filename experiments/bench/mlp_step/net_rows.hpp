#pragma once

#include "experiments/bench/mlp_step/setting.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/device_context.hpp"

namespace lacuna::experiments::bench {

/// Rows of standard normal numbers, and classes or numbers that a plane through them tells.
DeviceRows rows_of(DeviceContext& context, const NetShape& shape);

}  // namespace lacuna::experiments::bench
