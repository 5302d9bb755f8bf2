#include "kernels/core/cpu_kernel.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/product_pieces.hpp"

namespace lacuna::cpu {

namespace {

/// C in pieces of a size that depends on its shape alone: some rows each or, where all rows are one
/// piece, some columns.
struct Pieces {
  Blocks rows;
  Blocks columns;

  template <class T>
  explicit Pieces(const MatrixView<T>& c)
      : rows(even(c.rows, 256)),
        columns(rows.count() > 1 ? even(c.cols, c.cols) : even(c.cols, 256)) {}

  std::int64_t count() const { return rows.count() * columns.count(); }

 private:
  /// About equally long, so that no thread waits for one that has a piece more.
  static Blocks even(std::int64_t size, std::int64_t most) {
    constexpr std::int64_t lanes = 8;
    const std::int64_t count = (size + most - 1) / most;
    const std::int64_t length = (size + count - 1) / count;
    return {size, (length + lanes - 1) / lanes * lanes};
  }
};

/// A piece of C as a product of its own.
template <class T>
Gemm<T> piece_of(const Gemm<T>& op, const Pieces& pieces, std::int64_t piece) {
  const Span rows = span_of(pieces.rows, piece / pieces.columns.count());
  const Span columns = span_of(pieces.columns, piece % pieces.columns.count());
  const bool ta = op.transpose_a == Transpose::yes;
  const bool tb = op.transpose_b == Transpose::yes;
  const Span inner{0, ta ? op.a.rows : op.a.cols};
  Gemm<T> part = op;
  part.c = part_of(op.c, rows, columns);
  part.a = ta ? part_of(op.a, inner, rows) : part_of(op.a, rows, inner);
  part.b = tb ? part_of(op.b, columns, inner) : part_of(op.b, inner, columns);
  if (op.bias != nullptr) part.bias = op.bias + columns.begin;
  return part;
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const Gemm<T>& op) {
  if (op.c.size() == 0) return;
  const std::int64_t inner = op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols;
  if (inner == 0) return multiply_piece(op);
  const Pieces pieces(op.c);
  multiply_pieces<T>(ctx, pieces.count(), op.c.size() * inner / 32,
                     [&](std::int64_t i) { return piece_of(op, pieces, i); });
}

template struct Kernel<Gemm>;

}  // namespace lacuna::cpu
