#pragma once

#include "kernels/core/op.hpp"
#include "kernels/optim/clock.hpp"

namespace lacuna {

/// *input = value. The value travels with the call: nothing of the host's memory is read later, and
/// there is no copy to wait for. Work that is captured holds the value of its capture.
template <class T>
struct SetInput {
  static constexpr std::string_view name = "set_input";

  StepInput value;
  StepInput* input = nullptr;  ///< [1]
};

/// Throws UnsupportedDevice where the device has no kernel.
template <class T>
void set_input(const ExecContext& ctx, const SetInput<T>& op) {
  dispatch(ctx, op);
}

}  // namespace lacuna
