#pragma once

#include "runtime/train/batches.hpp"
#include "runtime/train/captured_step.hpp"
#include "runtime/train/learner.hpp"

namespace lacuna {

/// The program of a learner's steps that lends values to validation: only where one batch is all
/// rows in place, which are the same in every step. nullptr: there is none.
inline Program* lender_of(const Batches& batches, Learner& learner) {
  return batches.whole() ? learner.lender() : nullptr;
}

/// Runs the step for batch `index`. What it lends is computed first, unless validation has done so;
/// the step, captured or not, begins behind it, and its new weights make it void.
inline void run_step(const ExecContext& ctx, Batches& batches, Learner& learner,
                     const StepInput* input, std::int64_t index, CapturedStep& step) {
  Program* lender = lender_of(batches, learner);
  if (lender != nullptr) {
    batches.put(ctx, input, index);  // enqueues nothing for sparse rows in place
    lender->advance();
  }
  step.run();
  if (lender != nullptr) lender->fall_back();
}

}  // namespace lacuna
