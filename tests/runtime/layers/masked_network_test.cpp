#include "runtime/layers/masked_network.hpp"

#include <gtest/gtest.h>

#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t columns = 6;
constexpr std::int64_t masks = 3;

/// What each mask says of the cells of rows, in the rows' order.
class EachMask {
 public:
  EachMask(DeviceContext& context, const MaskedNetworkPlan& plan)
      : network_(context, DType::f64, plan), context_(context) {}

  std::vector<float> logits(const std::vector<float>& rows, std::int64_t mask) {
    const auto count = static_cast<std::int64_t>(rows.size()) / columns;
    Batch batch(count);
    Program program(context_, DType::f64, batch, Gradients::no);
    const Tensor values = Tensor::of(context_.pool(), DType::f64, {count, columns}, rows);
    const ops::MaskNumber number = std::make_shared<std::int64_t>(mask);
    const Variable x = network_.by_places(program, program.input(values), number);
    const Variable cells = network_.record(program, x, x, number, Activation::identity);
    const Variable in_order = network_.by_columns(program, cells, number);
    program.forward();
    return in_order.to_host();
  }

 private:
  MaskedNetwork network_;
  DeviceContext& context_;
};

MaskedNetworkPlan plan_of(bool everything, std::uint64_t seed) {
  MaskedNetworkPlan plan{.masks = {.columns = columns,
                                   .units = {12, 8},
                                   .masks = masks,
                                   .order = everything ? CellOrder::random : CellOrder::natural,
                                   .seed = seed},
                         .activation = Activation::tanh,
                         .direct = everything,
                         .scaled = everything};
  if (everything) plan.visible.emplace(VisibleNormalization{.k = 2.0});
  return plan;
}

/// Output d of a mask changes with no cell whose place is d's or later, whatever the row.
TEST(MaskedNetwork, NoMaskSeesACellInItselfOrInThoseBeforeIt) {
  DeviceContext context = testing::cpu_context();
  std::vector<float> rows;
  for (int r = 0; r < 1 << columns; ++r) {
    for (int c = 0; c < columns; ++c) rows.push_back(static_cast<float>(r >> c & 1));
  }
  for (const bool everything : {false, true}) {
    const MaskedNetworkPlan plan = plan_of(everything, 5);
    const OrderMasks orders = order_masks(plan.masks);
    EachMask network(context, plan);
    for (std::int64_t mask = 0; mask < masks; ++mask) {
      const std::vector<float> logits = network.logits(rows, mask);
      int changed = 0;
      for (std::size_t r = 0; r < rows.size() / columns; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          const std::size_t flipped = r ^ (std::size_t{1} << c);
          for (std::size_t d = 0; d < columns; ++d) {
            if (logits[r * columns + d] == logits[flipped * columns + d]) continue;
            ++changed;
            const auto* place = orders.cell_place.data() + mask * columns;
            EXPECT_LT(place[c], place[d]) << "mask " << mask;
          }
        }
      }
      EXPECT_GT(changed, 0);
    }
  }
}

}  // namespace
}  // namespace lacuna
