#pragma once

#include <span>

#include "kernels/core/exec_context.hpp"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {

/// The Euclidean norm of the whole loss's gradient over all parameters together, the penalties'
/// part included: sqrt(sum (gradient + l2 value)^2). Same bits at any number of threads. Throws
/// UnsupportedDevice where the device has no kernel.
template <class T>
double gradient_norm(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters);

namespace cpu {
template <class T>
double gradient_norm(const ExecContext& ctx, std::span<const TrainedParameter<T>> parameters);
}  // namespace cpu

}  // namespace lacuna
