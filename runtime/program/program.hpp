#pragma once

#include <functional>
#include <vector>

#include "kernels/core/view.hpp"
#include "kernels/optim/loss_sum.hpp"
#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/tensor/tensor.hpp"

namespace lacuna {

/// The rows a program works on, read by its ops at every replay: the trainer changes it, the
/// program stays. Input and target are apart, since a model may predict cells it was not shown.
/// Programs without gradients do not read the entries by column.
template <class T>
struct Batch {
  std::int64_t rows = 0;
  SparseRows<T> input;   ///< [rows, d]
  SparseRows<T> target;  ///< [rows, d]
};

/// The largest batch a program is recorded for.
struct BatchCapacity {
  std::int64_t rows = 0;
  std::int64_t target_entries = 0;
};

/// Whether a program is for training, or for predictions only and keeps no gradients.
enum class Gradients { yes, no };

/// A value a program computes and the gradient of the loss in it, both [capacity rows, ...]; the
/// gradient is undefined in a program without gradients.
struct Variable {
  Tensor value;
  Tensor gradient;
  std::size_t id = 0;
};

/// Autograd by replay: a model's forward runs once and records its ops on buffers assigned then; a
/// training step replays the list forwards, and its vector-Jacobian products backwards.
template <class T>
class Program {
 public:
  using Step = std::function<void(const ExecContext&)>;

  Program(DeviceContext& context, BatchCapacity capacity, Gradients gradients = Gradients::yes);
  Program(const Program&) = delete;  // recorded steps refer to it
  Program& operator=(const Program&) = delete;

  const BatchCapacity& capacity() const { return capacity_; }

  /// Buffers of the program, for as long as it lives.
  Tensor buffer(Shape shape);
  Variable variable(std::int64_t columns);

  /// Marks `variable` as an op's input. Its gradient has one writer: a second consumer is a
  /// logic_error.
  void consume(const Variable& variable);

  /// Appends an op. `backward` reads the gradients of what it computed and writes those of its
  /// inputs.
  void record(Step forward, Step backward = nullptr);

  void forward();
  void backward();

  /// The loss of the last forward(); waits for the device.
  double loss() const { return loss_.to_host().at(0).sum; }
  /// Where loss ops write it, on the device.
  LossSum* loss_slot() { return loss_.data(); }

 private:
  struct Recorded {
    Step forward;
    Step backward;
  };

  DeviceContext& context_;
  BatchCapacity capacity_;
  Gradients gradients_;
  std::vector<Recorded> steps_;
  std::vector<bool> consumed_;
  Array<LossSum> loss_;
};

}  // namespace lacuna
