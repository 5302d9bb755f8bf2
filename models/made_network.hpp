#pragma once

#include <memory>
#include <vector>

#include "models/made.hpp"
#include "models/made_masks.hpp"
#include "runtime/layers/layers.hpp"
#include "runtime/ops/masked_ops.hpp"

namespace lacuna::models {

/// The layers of a MADE and the masks of each, on a device.
class MadeNetwork {
 public:
  MadeNetwork(DeviceContext& context, const MadeConfig& config, const Facts& facts,
              std::uint64_t seed);

  std::vector<Parameter*> parameters();
  /// [1], of the masks: they are made anew where it is another one when something is recorded.
  const Tensor& mask_seed() const { return mask_seed_; }

  /// Rows whose columns become places, and back: the order in which cells are predicted.
  Variable by_places(Program& program, const Variable& x, const ops::MaskNumber& number);
  Variable by_columns(Program& program, const Variable& x, const ops::MaskNumber& number);

  /// What the network says of each cell, by places. `scaled` is what it reads, `x` what zeros are
  /// counted of, both by places.
  Variable record(Program& program, const Variable& x, const Variable& scaled,
                  const ops::MaskNumber& number, Activation activation);

 private:
  struct Layer {
    Linear linear;
    ops::MaskTables masks;

    Variable product(Program& program, const Variable& x, const ops::MaskNumber& number) const;
    Variable biases(Program& program, const ops::MaskNumber& number) const;
    void fill(const LayerTable& table) const;
  };

  std::unique_ptr<Layer> make_layer(DeviceContext& context, const std::string& name,
                                    const Tensor& input_order, const Tensor& unit_order,
                                    std::int64_t inputs, std::int64_t units, bool biased);
  void fill_tables();
  void follow_seed();
  std::vector<float> visible_constants(const LayerTable& first, const MadeMasks& masks) const;

  MadeConfig config_;
  DType dtype_;
  std::vector<float> column_mean_;
  std::uint64_t seed_;
  std::uint32_t drawn_ = 0;  // parameters with initial values
  MaskPlan plan_;            // of the masks as they are
  Tensor mask_seed_;
  Tensor cell_order_;  // undefined: as they stand
  Tensor cell_place_;
  Tensor visible_k_;  // K of each first-layer unit, where it counts what it sees
  std::vector<std::unique_ptr<Layer>> hidden_;
  std::unique_ptr<Layer> output_;  // where there are hidden layers
  std::unique_ptr<Layer> direct_;  // where it is asked for
};

}  // namespace lacuna::models
