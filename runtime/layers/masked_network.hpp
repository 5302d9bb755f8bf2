#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "runtime/layers/layers.hpp"
#include "runtime/layers/order_masks.hpp"
#include "runtime/ops/masked_ops.hpp"

namespace lacuna {

/// K over the non-zeros that a unit of the first layer sees.
struct VisibleNormalization {
  std::optional<double> k = {};         ///< absent: the mean of what is counted, each unit's own
  std::vector<float> column_mean = {};  ///< of rows of zeros and ones
};

struct MaskedNetworkPlan {
  MaskPlan masks;  ///< and the sizes of layers
  Activation activation = Activation::relu;
  bool direct = false;  ///< whether outputs see cells directly, too
  bool scaled = false;  ///< whether weights are scaled by how many inputs units see (M_SN of Yi et
                        ///< al., *Why Not to Use Zero Imputation?*, appendix F)
  std::optional<VisibleNormalization> visible = {};
};

/// Layers of an autoregressive network and the masks of each, on a device. Parameters:
/// layer1.weight [columns, units], layer1.bias, ..., output.weight [units, columns], output.bias
/// where there are hidden layers, direct.weight [columns, columns] where it is asked for, with
/// direct.bias for want of others; at first uniform in +-1/sqrt(inputs), a function of the masks'
/// seed.
class MaskedNetwork {
 public:
  MaskedNetwork(DeviceContext& context, DType dtype, const MaskedNetworkPlan& plan);

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

  DType dtype_;
  MaskedNetworkPlan plan_;   // its seed is that of the masks as they are
  std::uint64_t seed_;       // of the parameters
  std::uint32_t drawn_ = 0;  // parameters with initial values
  Tensor mask_seed_;
  Tensor cell_order_;  // undefined: as they stand
  Tensor cell_place_;
  Tensor visible_k_;  // K of each first-layer unit, where it counts what it sees
  std::vector<std::unique_ptr<Layer>> hidden_;
  std::unique_ptr<Layer> output_;  // where there are hidden layers
  std::unique_ptr<Layer> direct_;  // where it is asked for
};

}  // namespace lacuna
