#include <algorithm>
#include <exception>
#include <functional>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/product.hpp"

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

/// What is left of a product without inner extent: C = beta C.
template <class T>
void scale_in_place(const Gemm<T>& op) {
  for (std::int64_t i = 0; i < op.c.rows; ++i) {
    T* row = op.c.row(i);
    std::transform(row, row + op.c.cols, row,
                   [&](T c) { return op.beta == 0 ? T(0) : op.beta * c; });
  }
}

/// C += bias, while C is still in the cache.
template <class T>
void add_bias(const Gemm<T>& op) {
  if (op.bias == nullptr) return;
  for (std::int64_t i = 0; i < op.c.rows; ++i) {
    T* row = op.c.row(i);
    std::transform(row, row + op.c.cols, op.bias, row, std::plus<>());
  }
}

template <class T>
MatrixView<T> part_of(const MatrixView<T>& x, std::int64_t row, std::int64_t rows,
                      std::int64_t column, std::int64_t columns) {
  return {x.row(row) + column, rows, columns, x.stride};
}

/// A piece of C as a product of its own.
template <class T>
Gemm<T> piece_of(const Gemm<T>& op, const Pieces& pieces, std::int64_t piece) {
  const std::int64_t row = pieces.rows.begin(piece / pieces.columns.count());
  const std::int64_t rows = pieces.rows.end(piece / pieces.columns.count()) - row;
  const std::int64_t column = pieces.columns.begin(piece % pieces.columns.count());
  const std::int64_t columns = pieces.columns.end(piece % pieces.columns.count()) - column;
  Gemm<T> part = op;
  part.c = part_of(op.c, row, rows, column, columns);
  part.a = op.transpose_a == Transpose::yes ? part_of(op.a, 0, op.a.rows, row, rows)
                                            : part_of(op.a, row, rows, 0, op.a.cols);
  part.b = op.transpose_b == Transpose::yes ? part_of(op.b, column, columns, 0, op.b.cols)
                                            : part_of(op.b, 0, op.b.rows, column, columns);
  if (op.bias != nullptr) part.bias = op.bias + column;
  return part;
}

}  // namespace

// oneDNN's own threading changes bits with the thread count at some shapes: fixed pieces, and for
// each a product that believes it has one thread.
template <class T>
void compute(Here, const ExecContext& ctx, const Gemm<T>& op) {
  if (op.c.size() == 0) return;  // a matmul with zero rows raises SIGFPE in oneDNN
  if (op.a.size() == 0) {
    scale_in_place(op);
    return add_bias(op);
  }
  const Pieces pieces(op.c);
  const std::int64_t inner = op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols;
  [[maybe_unused]] const int threads = pieces.count() > 1 ? team(ctx, op.c.size() * inner / 32) : 1;
  std::exception_ptr failure;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
  for (std::int64_t i = 0; i < pieces.count(); ++i) {
    try {
      const Gemm<T> piece = piece_of(op, pieces, i);
      multiply(piece);
      add_bias(piece);
    } catch (...) {  // nothing may leave a parallel region
#pragma omp critical(gemm_failure)
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

template struct Kernel<Gemm>;

}  // namespace lacuna::cpu
