#include <omp.h>

#include <algorithm>
#include <dnnl.hpp>
#include <exception>
#include <stdexcept>

#include "kernels/core/partition.hpp"
#include "kernels/core/vector_math.hpp"
#include "kernels/dense/gemm.hpp"

namespace lacuna {

std::string gemm_library() {
  const dnnl_version_t* version = dnnl_version();
  return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
         std::to_string(version->patch);
}

}  // namespace lacuna

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

void multiply(const Gemm<float>& op) {
  const auto letter = [](Transpose t) { return t == Transpose::yes ? 'T' : 'N'; };
  const std::int64_t k = op.transpose_a == Transpose::yes ? op.a.rows : op.a.cols;
  const dnnl::status status =
      dnnl::sgemm(letter(op.transpose_a), letter(op.transpose_b), op.c.rows, op.c.cols, k, op.alpha,
                  op.a.data, op.a.stride, op.b.data, op.b.stride, op.beta, op.c.data, op.c.stride);
  if (status != dnnl::status::success) throw std::runtime_error("gemm: oneDNN refused the product");
}

/// oneDNN has no float64: rows of B (or a copy of its transpose's rows) are added up, one row of C
/// a time.
void multiply(const Gemm<double>& op) {
  const bool ta = op.transpose_a == Transpose::yes;
  const std::int64_t k = ta ? op.a.rows : op.a.cols;
  for (std::int64_t i = 0; i < op.c.rows; ++i) {
    double* c = op.c.row(i);
    for (std::int64_t j = 0; j < op.c.cols; ++j) c[j] = op.beta == 0 ? 0 : op.beta * c[j];
    const auto a = [&](std::int64_t p) {
      return op.alpha * (ta ? op.a.row(p)[i] : op.a.row(i)[p]);
    };
    if (op.transpose_b == Transpose::no) {
      accumulate_rows(
          0, k, a, [&](std::int64_t p) { return op.b.row(p); }, op.c.cols, c);
    } else {
      for (std::int64_t j = 0; j < op.c.cols; ++j) {
        for (std::int64_t p = 0; p < k; ++p) c[j] = std::fma(a(p), op.b.row(j)[p], c[j]);
      }
    }
  }
}

}  // namespace

// oneDNN's own threading changes bits with the thread count at some shapes: fixed blocks of rows,
// and inside each a product that believes it has one thread.
template <class T>
void gemm(const ExecContext& ctx, const Gemm<T>& op) {
  if (op.c.size() == 0) return;  // a matmul with zero rows raises SIGFPE in oneDNN
  if (op.a.size() == 0) return scale_in_place(op);
  const Blocks blocks{op.c.rows, row_block};
  std::exception_ptr failure;
#pragma omp parallel num_threads(ctx.threads)
  {
    omp_set_num_threads(1);
#pragma omp for schedule(dynamic)
    for (std::int64_t block = 0; block < blocks.count(); ++block) {
      try {
        multiply(rows_of(op, blocks.begin(block), blocks.end(block)));
      } catch (...) {  // nothing may leave a parallel region
#pragma omp critical(gemm_failure)
        failure = std::current_exception();
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
}

template void gemm(const ExecContext&, const Gemm<float>&);
template void gemm(const ExecContext&, const Gemm<double>&);

}  // namespace lacuna::cpu
