#pragma once

#include <cstdint>
#include <vector>

namespace lacuna {

/// In which order the columns of a row are predicted: as they stand, or at random.
enum class CellOrder { natural, random };

/// What masks are made of.
struct MaskPlan {
  std::int64_t columns = 0;         ///< at least 2
  std::vector<std::int64_t> units;  ///< of each hidden layer
  std::int64_t masks = 1;
  CellOrder order = CellOrder::natural;
  std::uint64_t seed = 0;
};

/// The masks of one layer, [masks, ...], as LayerMasks describes them.
struct LayerTable {
  std::int64_t inputs = 0;
  std::int64_t units = 0;
  std::vector<std::int32_t> unit_order;  ///< of hidden units; outputs have that of the cells
  std::vector<std::int32_t> depth;
};

/// Masks of an autoregressive network (Germain et al., *MADE*, ICML 2015, section 4): cells have
/// the degrees 1 to d in their order, a hidden unit one that is drawn evenly from the least of the
/// layer below it to d - 1, and sees units and cells of at most its own; the output of a cell sees
/// hidden units of lower degrees than its own, and by direct connections the cells of such.
struct OrderMasks {
  std::vector<std::int32_t> cell_order;  ///< [masks, columns]: the column at a place
  std::vector<std::int32_t> cell_place;  ///< [masks, columns]: the inverse
  std::vector<LayerTable> hidden;        ///< from the cells on
  LayerTable output;                     ///< of the last hidden layer
  LayerTable direct;                     ///< of the cells
};

/// Mask number m is a function of (seed, m) and of the shape.
OrderMasks order_masks(const MaskPlan& plan);

}  // namespace lacuna
