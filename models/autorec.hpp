#pragma once

#include "models/input_handling.hpp"
#include "runtime/layers/activation_names.hpp"
#include "runtime/layers/observed_decoder.hpp"
#include "runtime/layers/sparse_linear.hpp"
#include "runtime/train/trainable.hpp"

namespace lacuna::models {

struct AutoRecConfig {
  static constexpr std::string_view tag = "autorec";
  int hidden_units = 500;
  Activation activation = Activation::sigmoid;
  InputHandling input;
  double weight_stddev = 0.01;
  double bias_stddev = 0.001;

  template <class V>
  static void fields(V& v) {
    using S = AutoRecConfig;
    v(&S::hidden_units, "hidden_units", config::range(1, 1e6), "width of the hidden layer");
    v(&S::activation, "activation", "of the hidden layer; the output is linear");
    v(&S::input, "input", "how rows with missing entries enter the network");
    v(&S::weight_stddev, "weight_stddev", config::at_least(0),
      "standard deviation of the initial weights");
    v(&S::bias_stddev, "bias_stddev", config::at_least(0),
      "standard deviation of the initial biases");
  }
};

/// AutoRec (Sedhain et al., 2015): rating vectors through one hidden layer, h(r) = V^T g(s W^T r +
/// mu) + b with the squared error over observed ratings, and Sparsity Normalization's s where it is
/// on. Parameters: encoder.weight [d, units], encoder.bias [units], decoder.weight [d, units],
/// decoder.bias [d], for rows of d columns.
template <class T>
class AutoRec : public Trainable<T> {
 public:
  AutoRec(DeviceContext& context, const AutoRecConfig& config, const InputStatistics& input,
          std::uint64_t seed);

  std::vector<Parameter*> parameters() override;
  void record_loss(Program<T>& program, const Batch<T>& batch) override;
  Tensor record_prediction(Program<T>& program, const Batch<T>& batch) override;

 private:
  SparseLinear<T> encoder_;
  ObservedDecoder<T> decoder_;
};

}  // namespace lacuna::models
