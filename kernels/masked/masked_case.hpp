#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "kernels/case_data.hpp"
#include "kernels/masked/layer_masks.hpp"

/// Tables of masks for the cases, functions of (shape, seed).
namespace lacuna {

/// Bits of the mode of cases with masks.
enum MaskedMode : int {
  plain_mask = 0,     ///< one mask, layers in their own order
  several_masks = 1,  ///< three, of which a step takes one
  orders_given = 2,
  scales_given = 4,
  all_seen = 8,  ///< no depth
  accumulated = 16,
};

/// On the host.
template <class T>
struct CaseMasks {
  std::int64_t masks, inputs, units;
  std::vector<std::int64_t> step{7};
  std::vector<std::int32_t> input_order, unit_order, depth;
  std::vector<T> scale;
  int mode;

  CaseMasks(std::int64_t inputs_, std::int64_t units_, int mode_, std::uint64_t seed)
      : masks((mode_ & several_masks) != 0 ? 3 : 1), inputs(inputs_), units(units_), mode(mode_) {
    for (std::int64_t mask = 0; mask < masks; ++mask) {
      const auto more = static_cast<std::uint32_t>(10 * mask);
      append(input_order, order(inputs, seed, 40 + more));
      append(unit_order, order(units, seed, 41 + more));
      const auto draws = random_values<double>(units, seed, 42 + more);
      std::vector<std::int32_t> depths;
      for (const double draw : draws) {
        depths.push_back(static_cast<std::int32_t>((draw + 1) / 2 * static_cast<double>(inputs)));
      }
      std::ranges::sort(depths);
      append(depth, depths);
      append(scale, random_values<T>(units, seed, 43 + more));
    }
  }

  std::int64_t number() const { return masks == 1 ? 0 : step[0] % masks; }
  LayerMasks<T> on_host() const {
    return view(step.data(), input_order.data(), unit_order.data(), depth.data(), scale.data());
  }
  LayerMasks<T> on_device(CaseMemory& memory) const {
    return view(memory.array(step), memory.array(input_order), memory.array(unit_order),
                memory.array(depth), memory.array(scale));
  }
  /// The mask that is meant.
  LayerMasks<T> one() const { return on_host().of(inputs, units); }

 private:
  template <class U>
  static void append(std::vector<U>& table, const std::vector<U>& row) {
    table.insert(table.end(), row.begin(), row.end());
  }
  static std::vector<std::int32_t> order(std::int64_t count, std::uint64_t seed,
                                         std::uint32_t purpose) {
    const auto key = random_values<double>(count, seed, purpose);
    std::vector<std::int32_t> places(static_cast<std::size_t>(count));
    std::iota(places.begin(), places.end(), 0);
    std::ranges::stable_sort(places, {},
                             [&](std::int32_t i) { return key[static_cast<std::size_t>(i)]; });
    return places;
  }
  LayerMasks<T> view(const std::int64_t* at, const std::int32_t* inputs_at,
                     const std::int32_t* units_at, const std::int32_t* depths,
                     const T* scales) const {
    LayerMasks<T> table;
    table.choice = {.masks = masks, .step = masks > 1 ? at : nullptr};
    if ((mode & orders_given) != 0) {
      table.input_order = inputs_at;
      table.unit_order = units_at;
    }
    if ((mode & all_seen) == 0) table.depth = depths;
    if ((mode & scales_given) != 0) table.scale = scales;
    return table;
  }
};

}  // namespace lacuna
