#pragma once

#include <functional>
#include <memory>

#include "runtime/device_context.hpp"

namespace lacuna {

/// Work that a device does again and again, with the same shapes and addresses. It is run as it is
/// twice, so that its memory and the math library's plans are there; then it is captured, and
/// replayed from then on.
class CapturedStep {
 public:
  /// `work` puts its work on the stream and neither waits nor, from the third time on, allocates.
  /// It is never captured where `capture` is false, nor on the CPU.
  CapturedStep(DeviceContext& context, std::function<void()> work, bool capture);

  void run();
  bool captured() const { return graph_ != nullptr; }

 private:
  DeviceRuntime& runtime_;
  std::function<void()> work_;
  int warm_up_;  // runs left, -1: never captured
  std::unique_ptr<DeviceGraph> graph_;
};

}  // namespace lacuna
