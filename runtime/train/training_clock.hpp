#pragma once

#include <span>
#include <vector>

#include "kernels/optim/clock.hpp"
#include "kernels/optim/loss_sum.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

/// What a training's steps read and count on the device, so that nobody waits for it: the step's
/// input, the epoch's sums of each loss term, and why steps have stopped. One a training, whoever
/// takes the steps.
class TrainingClock {
 public:
  /// Room for so many terms.
  TrainingClock(MemoryPool& pool, std::size_t terms);

  /// What the steps from now on are given.
  void prepare(const StepInput& input);
  /// The same on the device.
  const StepInput* input() const { return &clock_.data()->input; }

  Clock* data() const { return clock_.data(); }
  LossSum* sums() const { return sums_.data(); }

  /// Of the epoch under way, term by term; waits for the device.
  std::vector<LossSum> sums_on_host() const { return sums_.to_host(); }
  /// Why steps have stopped, if they have; waits for the device.
  Clock state() const { return clock_.to_host().at(0); }

  void clear_sums() const;
  void restore_sums(std::span<const LossSum> sums) const;

 private:
  DeviceRuntime& runtime_;
  Array<Clock> clock_;
  Array<LossSum> sums_;
};

}  // namespace lacuna
