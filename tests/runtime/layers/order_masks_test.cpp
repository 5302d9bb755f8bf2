#include "runtime/layers/order_masks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace lacuna {
namespace {

using Places = std::vector<std::int32_t>;

Places row(const Places& table, std::int64_t mask, std::int64_t length) {
  const auto begin = table.begin() + mask * length;
  return {begin, begin + length};
}

bool is_permutation(Places places) {
  std::ranges::sort(places);
  Places all(places.size());
  std::iota(all.begin(), all.end(), 0);
  return places == all;
}

constexpr std::int64_t columns = 7;

OrderMasks masks_of(CellOrder order, std::uint64_t seed = 3) {
  return order_masks(
      {.columns = columns, .units = {20, 9}, .masks = 4, .order = order, .seed = seed});
}

TEST(OrderMasks, TablesAreWhatStaircasesNeed) {
  for (const CellOrder order : {CellOrder::natural, CellOrder::random}) {
    const OrderMasks masks = masks_of(order);
    for (const LayerTable* layer :
         {&masks.hidden[0], &masks.hidden[1], &masks.output, &masks.direct}) {
      for (std::int64_t mask = 0; mask < 4; ++mask) {
        const Places depth = row(layer->depth, mask, layer->units);
        EXPECT_TRUE(std::ranges::is_sorted(depth));
        EXPECT_GE(depth.front(), 0);
        EXPECT_LE(depth.back(), layer->inputs);
      }
    }
    for (std::int64_t mask = 0; mask < 4; ++mask) {
      for (const LayerTable& layer : masks.hidden) {
        EXPECT_TRUE(is_permutation(row(layer.unit_order, mask, layer.units)));
      }
      const Places at = row(masks.cell_order, mask, columns);
      const Places place = row(masks.cell_place, mask, columns);
      EXPECT_EQ(std::ranges::is_sorted(at), order == CellOrder::natural);
      for (std::size_t i = 0; i < at.size(); ++i) {
        EXPECT_EQ(place[static_cast<std::size_t>(at[i])], static_cast<std::int32_t>(i));
      }
    }
  }
}

/// Follows what each cell's output sees through the layers: all cells before it, at most.
TEST(OrderMasks, OutputsSeeCellsBeforeTheirOwnOnly) {
  const OrderMasks masks = masks_of(CellOrder::random);
  for (std::int64_t mask = 0; mask < 4; ++mask) {
    const Places first = row(masks.hidden[0].depth, mask, 20);
    const Places second = row(masks.hidden[1].depth, mask, 9);
    const Places output = row(masks.output.depth, mask, columns);
    const Places direct = row(masks.direct.depth, mask, columns);
    for (std::int32_t cell = 0; cell < columns; ++cell) {
      const auto at = static_cast<std::size_t>(cell);
      EXPECT_EQ(direct[at], cell);
      if (output[at] == 0) continue;
      const auto unit = static_cast<std::size_t>(output[at]) - 1;  // the last that it sees
      const auto below = static_cast<std::size_t>(second[unit]) - 1;
      EXPECT_LE(first[below], cell);
    }
    EXPECT_EQ(output.front(), 0) << "the first cell has nothing to go by";
    EXPECT_EQ(output.back(), 9) << "the last may use all";
    EXPECT_GE(first.front(), 1) << "no unit is idle";
  }
}

TEST(OrderMasks, AreAFunctionOfSeedAndNumber) {
  const OrderMasks one = masks_of(CellOrder::random), again = masks_of(CellOrder::random);
  EXPECT_EQ(one.hidden[0].unit_order, again.hidden[0].unit_order);
  EXPECT_EQ(one.cell_order, again.cell_order);
  EXPECT_NE(masks_of(CellOrder::random, 4).cell_order, one.cell_order);
  EXPECT_NE(row(one.cell_order, 0, columns), row(one.cell_order, 1, columns));
  const OrderMasks fewer = order_masks(
      {.columns = columns, .units = {20, 9}, .masks = 1, .order = CellOrder::random, .seed = 3});
  EXPECT_EQ(fewer.cell_order, row(one.cell_order, 0, columns));
}

}  // namespace
}  // namespace lacuna
