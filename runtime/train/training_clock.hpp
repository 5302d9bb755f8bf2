#pragma once

#include <memory>
#include <span>
#include <vector>

#include "kernels/core/exec_context.hpp"
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
  void prepare(const ExecContext& ctx, const StepInput& input) const;
  /// The same on the device.
  const StepInput* input() const { return &clock_.data()->input; }

  Clock* data() const { return clock_.data(); }
  LossSum* sums() const { return sums_.data(); }

  /// What a clock said when it was asked.
  struct Reading {
    Clock clock;                ///< why steps have stopped, if they have
    std::vector<LossSum> sums;  ///< of the epoch under way, term by term
  };
  /// Asks after the work that is on the stream by now, without waiting.
  void ask() const;
  /// The answer to the last ask(); waits for it.
  Reading answer() const;
  /// Both.
  Reading read() const;

  void clear_sums() const;
  void restore_sums(std::span<const LossSum> sums) const;

 private:
  DeviceRuntime& runtime_;
  Array<Clock> clock_;
  Array<LossSum> sums_;
  std::unique_ptr<DeviceReadback> readback_;
};

}  // namespace lacuna
