#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/product_pieces.hpp"
#include "kernels/masked/staircase_product.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::int64_t block_rows = 256;
constexpr std::int64_t block_places = 96;  ///< of units, or of inputs

/// Where the steps of a mask are.
template <class T>
struct Steps {
  const std::int32_t* depth;  ///< of one mask; nullptr: all is seen
  std::int64_t inputs, units;

  Steps(const StaircaseProduct<T>& op, std::int64_t inputs_, std::int64_t units_)
      : depth(op.masks.of(inputs_, units_).depth), inputs(inputs_), units(units_) {}

  /// Inputs that the units before `end` see.
  std::int64_t inputs_seen(std::int64_t end) const {
    return depth == nullptr ? inputs : depth[end - 1];
  }
  /// The first unit that sees the input at `place`.
  std::int64_t first_unit(std::int64_t place) const {
    return depth == nullptr ? 0 : std::upper_bound(depth, depth + units, place) - depth;
  }
};

/// y = x W: rows of a block of units.
template <class T>
Gemm<T> forward(const StaircaseProduct<T>& op, const Span& rows, const Span& units) {
  const Steps<T> steps(op, op.b.rows, op.b.cols);
  const Span seen{0, steps.inputs_seen(units.end)};
  return {.a = part_of(op.a, rows, seen),
          .b = part_of(op.b, seen, units),
          .c = part_of(op.c, rows, units),
          .beta = op.beta};
}

/// dx = dy W^T: rows of a block of inputs.
template <class T>
Gemm<T> to_inputs(const StaircaseProduct<T>& op, const Span& rows, const Span& inputs) {
  const Steps<T> steps(op, op.b.rows, op.b.cols);
  const Span seeing{steps.first_unit(inputs.begin), steps.units};
  return {.a = part_of(op.a, rows, seeing),
          .b = part_of(op.b, inputs, seeing),
          .c = part_of(op.c, rows, inputs),
          .transpose_b = Transpose::yes,
          .beta = op.beta};
}

/// dW = x^T dy: a block of units and what they see.
template <class T>
Gemm<T> to_weights(const StaircaseProduct<T>& op, const Span& units) {
  const Steps<T> steps(op, op.c.rows, op.c.cols);
  const Span seen{0, steps.inputs_seen(units.end)};
  const Span all{0, op.a.rows};
  return {.a = part_of(op.a, all, seen),
          .b = part_of(op.b, all, units),
          .c = part_of(op.c, seen, units),
          .transpose_a = Transpose::yes,
          .beta = op.beta};
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const StaircaseProduct<T>& op) {
  const bool whole = op.form == StaircaseForm::to_weights;
  const Blocks places{op.c.cols, block_places};
  const Blocks rows{op.c.rows, whole ? std::max<std::int64_t>(op.c.rows, 1) : block_rows};
  const std::int64_t inner = op.form == StaircaseForm::forward ? op.a.cols : op.b.cols;
  const std::int64_t work = op.c.size() * (whole ? op.a.rows : inner) / 64;
  multiply_pieces<T>(ctx, places.count() * rows.count(), work, [&](std::int64_t i) {
    const Span columns = span_of(places, i % places.count());
    if (whole) return to_weights(op, columns);
    const Span some = span_of(rows, i / places.count());
    return op.form == StaircaseForm::forward ? forward(op, some, columns)
                                             : to_inputs(op, some, columns);
  });
}

template struct Kernel<StaircaseProduct>;

}  // namespace lacuna::cpu
