#pragma once

#include <variant>
#include <vector>

#include "kernels/optim/trained_parameter.hpp"
#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/layers/parameter.hpp"
#include "runtime/train/training_clock.hpp"

namespace lacuna {

/// The running averages of parameters over steps; see kernels/optim/average.hpp.
class WeightAverage {
 public:
  WeightAverage(DeviceContext& context, double decay, std::vector<Parameter*> parameters);
  WeightAverage(const WeightAverage&) = delete;
  WeightAverage& operator=(const WeightAverage&) = delete;

  /// Takes the weights of now into account, behind the gate of a step that was not finite.
  void step(const TrainingClock& clock);

  /// Exchanges the weights and their averages.
  void swap();

  /// The averages, "encoder.weight" and so on; they share memory.
  const std::vector<NamedTensor>& memory() const { return memory_; }

 private:
  DeviceContext& context_;
  double decay_;
  std::vector<Parameter*> parameters_;
  std::vector<NamedTensor> memory_;
  Tensor third_;  // as large as the largest, for the exchange
  std::variant<std::vector<TrainedParameter<float>>, std::vector<TrainedParameter<double>>> views_;
};

}  // namespace lacuna
