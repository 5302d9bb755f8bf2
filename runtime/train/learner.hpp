#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernels/optim/clock.hpp"
#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/program/program.hpp"

namespace lacuna {

/// What an epoch's steps have in common with those before.
enum class Capture {
  keep,   ///< graphs that were captured may be replayed
  renew,  ///< steps are others now and are captured anew
  never,
};

/// Names of files of a checkpoint, without ending, and what they hold.
using TensorFiles = std::map<std::string, std::vector<NamedTensor>>;

/// What a step of a training does to a model: gradients and an optimiser, two players in turns,
/// contrastive divergence, a local rule. The Trainer calls it, and knows epochs only. Gradients
/// have memory for the parameters that Model::parameters() lists, from before the learner is made.
class Learner {
 public:
  virtual ~Learner() = default;

  /// Puts the step for the batch at hand on the stream. It neither waits nor, from the third time
  /// on, allocates: a device captures it and replays it. `input` lies on the device.
  virtual void put_step(const StepInput* input) = 0;

  /// The terms of the loss that a step adds to the clock's sums, in their order there.
  virtual std::vector<LossTerm> terms() const { return {}; }

  /// The program whose forward() a step begins with and which lends values; nullptr: none does.
  virtual Program* lender() { return nullptr; }

  /// Before the first step of an epoch, also where training goes on in the middle of it.
  virtual Capture start_epoch(int /*epoch*/) { return Capture::keep; }

  /// After the last step of an epoch and its validation. `over`: patience or epochs have run out.
  /// True: another phase begins, in which best epoch, patience and schedule begin anew, as for the
  /// next layer of a stack. start_phase() follows.
  virtual bool end_epoch(bool /*over*/) { return false; }
  /// Phases count from 0; also called where training goes on in a later one.
  virtual void start_phase(int /*phase*/) {}
  /// Names the phase in metrics; empty: there is but one.
  virtual std::string phase() const { return {}; }

  /// What training goes on from besides the model's own tensors, in files of other names than
  /// "weights" and "best". They share memory.
  virtual TensorFiles state() const = 0;
  /// After state() has been overwritten with a checkpoint's: steps taken so far in this phase. An
  /// optimiser that does not take one in each of them needs its own number in state().
  virtual void restore(std::int64_t /*steps*/) {}

  /// Whether what is judged and kept are not the weights that steps change, but averages of them.
  virtual bool judges_averages() const { return false; }
  /// Exchanges the two, on the stream, where it is so.
  virtual void swap_averages() {}

  /// Puts on the stream what tells the penalty on weights now.
  virtual void measure_penalty() {}
  /// What measure_penalty() told last; waits for it.
  virtual double penalty() const { return 0; }
};

}  // namespace lacuna
