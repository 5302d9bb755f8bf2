#pragma once

#include <cstdint>

#include "kernels/core/device_code.hpp"

namespace lacuna {

/// Which of several masks is meant: the step's, in turn, or always the same.
struct MaskChoice {
  std::int64_t masks = 1;
  const std::int64_t* step = nullptr;  ///< [1], read on the device; nullptr: `number` is meant
  std::int64_t number = 0;             ///< below `masks`

  LACUNA_INLINE std::int64_t chosen() const { return step == nullptr ? number : *step % masks; }
};

/// What units of a layer see of its inputs (Germain et al., *MADE*, ICML 2015), without the mask:
/// both are put in an order by degree, in which the unit at place b sees the inputs at the places
/// before depth[b], and no unit sees less than those before it. A table has a row for each mask.
/// Lies on the device; nullptr: the identity, all inputs, no scale.
template <class T>
struct LayerMasks {
  MaskChoice choice;
  const std::int32_t* input_order = nullptr;  ///< [masks, inputs]: the input at a place
  const std::int32_t* unit_order = nullptr;   ///< [masks, units]: the unit at a place
  const std::int32_t* depth = nullptr;        ///< [masks, units], ascending, at most `inputs`
  const T* scale = nullptr;                   ///< [masks, units]: of a unit's weights

  /// The chosen mask's rows.
  LACUNA_INLINE LayerMasks of(std::int64_t inputs, std::int64_t units) const {
    const std::int64_t number = choice.chosen();
    LayerMasks one;
    if (input_order != nullptr) one.input_order = input_order + number * inputs;
    if (unit_order != nullptr) one.unit_order = unit_order + number * units;
    if (depth != nullptr) one.depth = depth + number * units;
    if (scale != nullptr) one.scale = scale + number * units;
    return one;
  }

  // Of one mask, by places.
  LACUNA_INLINE std::int64_t input(std::int64_t a) const {
    return input_order == nullptr ? a : input_order[a];
  }
  LACUNA_INLINE std::int64_t unit(std::int64_t b) const {
    return unit_order == nullptr ? b : unit_order[b];
  }
  LACUNA_INLINE bool sees(std::int64_t a, std::int64_t b) const {
    return depth == nullptr || a < depth[b];
  }
  LACUNA_INLINE T factor(std::int64_t b) const { return scale == nullptr ? T(1) : scale[b]; }
};

}  // namespace lacuna
