#pragma once

#include "runtime/layers/parameter.hpp"

namespace lacuna {

/// Told by a program's backward pass when gradients are whole, so that they can be exchanged while
/// others are still computed.
class GradientSync {
 public:
  virtual ~GradientSync() = default;
  /// The last op that writes this gradient is on the stream.
  virtual void ready(const Parameter& parameter) = 0;
  /// Puts on the stream what has to happen before gradients are used.
  virtual void finish() = 0;
};

/// Of one process, which has nobody to exchange with.
class NoSync final : public GradientSync {
 public:
  void ready(const Parameter&) override {}
  void finish() override {}
};

}  // namespace lacuna
