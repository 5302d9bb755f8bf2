#pragma once

#include <cstdint>
#include <memory>

#include "kernels/core/activation.hpp"
#include "runtime/program/program.hpp"

/// Ops of layers whose weights are masked so that units come in an order, as programs record them.
namespace lacuna::ops {

/// Tables of masks as LayerMasks describes them; undefined: the identity, all inputs, no scale.
struct MaskTables {
  std::int64_t masks = 1;
  Tensor input_order;  ///< int32 [masks, inputs]
  Tensor unit_order;   ///< int32 [masks, units]
  Tensor depth;        ///< int32 [masks, units]
  Tensor scale;        ///< [masks, units]
};

/// The mask of the number that stands there, on the host, when an op runs; nullptr: those of the
/// steps in turn.
using MaskNumber = std::shared_ptr<const std::int64_t>;

/// A layer's weights [inputs, units], its biases, or the columns of rows, by places.
Variable by_places(Program& program, const Variable& x, const MaskTables& tables,
                   const MaskNumber& number);

/// x W of weights by places; x has its columns by places, too.
Variable masked_product(Program& program, const Variable& x, const Variable& weight,
                        const MaskTables& tables, const MaskNumber& number);

/// Sparsity Normalization of each unit by the non-zeros of x that it sees: a K / count. k [masks,
/// units]; the count is held constant in backward.
Variable visible_normalize(Program& program, const Variable& x, const Variable& a,
                           const MaskTables& tables, const Tensor& k, const MaskNumber& number);

}  // namespace lacuna::ops
