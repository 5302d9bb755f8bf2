#pragma once

#include <algorithm>
#include <exception>
#include <functional>

#include "kernels/core/partition.hpp"
#include "kernels/dense/product.hpp"

/// Products of parts of matrices, shared out to threads: oneDNN's own threading changes bits with
/// the thread count at some shapes, so pieces are fixed and each believes that it has one thread.
namespace lacuna::cpu {

/// Rows or columns [begin, end).
struct Span {
  std::int64_t begin, end;
  std::int64_t size() const { return end - begin; }
};

inline Span span_of(const Blocks& blocks, std::int64_t i) {
  return {blocks.begin(i), blocks.end(i)};
}

template <class T>
MatrixView<T> part_of(const MatrixView<T>& x, const Span& rows, const Span& columns) {
  return {x.row(rows.begin) + columns.begin, rows.size(), columns.size(), x.stride};
}

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

/// One piece, whatever extent of it is 0: a matmul with zero rows raises SIGFPE in oneDNN.
template <class T>
void multiply_piece(const Gemm<T>& op) {
  if (op.c.size() == 0) return;
  if (op.a.size() == 0) {
    scale_in_place(op);
  } else {
    multiply(op);
  }
  add_bias(op);
}

/// The products piece(i), i < count, of `work` in additions, see team(), into parts of C that do
/// not meet.
template <class T, class Piece>
void multiply_pieces(const ExecContext& ctx, std::int64_t count, std::int64_t work, Piece piece) {
  [[maybe_unused]] const int threads = count > 1 ? team(ctx, work) : 1;
  std::exception_ptr failure;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
  for (std::int64_t i = 0; i < count; ++i) {
    try {
      multiply_piece<T>(piece(i));
    } catch (...) {  // nothing may leave a parallel region
#pragma omp critical(gemm_failure)
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace lacuna::cpu
