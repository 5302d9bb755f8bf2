#include <algorithm>
#include <exception>
#include <functional>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/product.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::int64_t row_block = 256;

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

/// The rows [begin, end) of C as a product of its own.
template <class T>
Gemm<T> rows_of(const Gemm<T>& op, std::int64_t begin, std::int64_t end) {
  Gemm<T> part = op;
  const std::int64_t rows = end - begin;
  part.c = {op.c.row(begin), rows, op.c.cols, op.c.stride};
  part.a = op.transpose_a == Transpose::yes
               ? MatrixView<const T>{op.a.data + begin, op.a.rows, rows, op.a.stride}
               : MatrixView<const T>{op.a.row(begin), rows, op.a.cols, op.a.stride};
  return part;
}

}  // namespace

// oneDNN's own threading changes bits with the thread count at some shapes: fixed blocks of rows,
// and inside each a product that believes it has one thread.
template <class T>
void compute(Here, const ExecContext& ctx, const Gemm<T>& op) {
  if (op.c.size() == 0) return;  // a matmul with zero rows raises SIGFPE in oneDNN
  if (op.a.size() == 0) {
    scale_in_place(op);
    return add_bias(op);
  }
  const Blocks blocks{op.c.rows, row_block};
  std::exception_ptr failure;
#pragma omp parallel for num_threads(blocks.count() > 1 ? ctx.threads : 1) schedule(dynamic)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    try {
      const Gemm<T> rows = rows_of(op, blocks.begin(block), blocks.end(block));
      multiply(rows);
      add_bias(rows);
    } catch (...) {  // nothing may leave a parallel region
#pragma omp critical(gemm_failure)
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

template struct Kernel<Gemm>;

}  // namespace lacuna::cpu
