#include "kernels/case_data.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/dense/reduce.hpp"

namespace lacuna {

namespace {

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  transposed_a = 1,
  transposed_b = 2,
  scaled = 4,  ///< alpha = 0.5 and beta = 2
  with_bias = 8,
  all_bits = transposed_a | transposed_b | scaled | with_bias,
};

template <class T>
struct Setting {
  Transpose a, b;
  T alpha, beta;
  bool biased;

  explicit Setting(int mode)
      : a((mode & transposed_a) != 0 ? Transpose::yes : Transpose::no),
        b((mode & transposed_b) != 0 ? Transpose::yes : Transpose::no),
        alpha((mode & scaled) != 0 ? T(0.5) : T(1)),
        beta((mode & scaled) != 0 ? T(2) : T(0)),
        biased((mode & with_bias) != 0) {}
};

constexpr Transpose flipped(Transpose t) {
  return t == Transpose::yes ? Transpose::no : Transpose::yes;
}

/// The extents of a matrix as it is stored.
struct Extents {
  std::int64_t rows, cols;
  Extents(std::int64_t rows_, std::int64_t cols_, Transpose t)
      : rows(t == Transpose::yes ? cols_ : rows_), cols(t == Transpose::yes ? rows_ : cols_) {}
};

/// The gradients are products themselves: dA = alpha dC op(B)^T, dB = alpha op(A)^T dC.
template <class T>
void backward(const ExecContext& ctx, const Setting<T>& set, MatrixView<const T> a,
              MatrixView<const T> b, MatrixView<const T> dc, MatrixView<T> da, MatrixView<T> db,
              T* dbias) {
  if (set.biased) column_sum<T>(ctx, {dc, dbias});
  if (set.a == Transpose::no) {
    gemm<T>(ctx, {dc, b, da, Transpose::no, flipped(set.b), set.alpha});
  } else {
    gemm<T>(ctx, {b, dc, da, set.b, Transpose::yes, set.alpha});
  }
  if (set.b == Transpose::no) {
    gemm<T>(ctx, {a, dc, db, flipped(set.a), Transpose::no, set.alpha});
  } else {
    gemm<T>(ctx, {dc, a, db, Transpose::yes, set.a, set.alpha});
  }
}

template <class T>
std::vector<double> reference(const Setting<T>& set, MatrixView<const T> a, MatrixView<const T> b,
                              MatrixView<const T> c, const T* bias, std::int64_t inner) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      double sum = 0;
      const double shift = set.biased ? static_cast<double>(bias[j]) : 0;
      for (std::int64_t p = 0; p < inner; ++p) {
        const T left = set.a == Transpose::yes ? a.row(p)[i] : a.row(i)[p];
        const T right = set.b == Transpose::yes ? b.row(j)[p] : b.row(p)[j];
        sum += static_cast<double>(left) * static_cast<double>(right);
      }
      out.push_back(static_cast<double>(set.alpha) * sum +
                    static_cast<double>(set.beta) * static_cast<double>(c.row(i)[j]) + shift);
    }
  }
  return out;
}

/// rows x cols = (rows x units) (units x cols).
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const Setting<T> set(s.mode);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"a", random_values<T>(s.rows * s.units, seed, 1)},
                     {"b", random_values<T>(s.units * s.cols, seed, 2)}};
  const auto initial = std::make_shared<std::vector<T>>(random_values<T>(s.rows * s.cols, seed, 3));
  instance.outputs = {{"c", *initial}};
  instance.cotangents = {{"c", random_values<T>(s.rows * s.cols, seed, 4)}};
  if (set.biased) instance.inputs.push_back({"bias", random_values<T>(s.cols, seed, 5)});
  instance.gradients = instance.inputs;
  const auto matrix = [&](CaseBuffer<T>& buffer, const Extents& extents) {
    return memory.matrix(buffer.data, extents.rows, extents.cols, s.padding);
  };
  const Extents of_a(s.rows, s.units, set.a);
  const Extents of_b(s.units, s.cols, set.b);
  const Extents of_c(s.rows, s.cols, Transpose::no);
  const MatrixView<T> a = matrix(instance.inputs[0], of_a);
  const MatrixView<T> b = matrix(instance.inputs[1], of_b);
  const MatrixView<T> da = matrix(instance.gradients[0], of_a);
  const MatrixView<T> db = matrix(instance.gradients[1], of_b);
  const MatrixView<T> c = matrix(instance.outputs[0], of_c);
  const MatrixView<T> start = memory.matrix(*initial, s.rows, s.cols, s.padding);
  const MatrixView<const T> dc = matrix(instance.cotangents[0], of_c);
  const T* bias = set.biased ? memory.array(instance.inputs[2].data) : nullptr;
  T* dbias = set.biased ? memory.array(instance.gradients[2].data) : nullptr;
  instance.forward = [=](const ExecContext& ctx) {
    if (set.beta != 0) {
      ctx.runtime->copy(c.data, start.data,
                        static_cast<std::size_t>(c.rows * c.stride) * sizeof(T));
    }
    gemm<T>(ctx, {a, b, c, set.a, set.b, set.alpha, set.beta, bias});
  };
  instance.backward = [=](const ExecContext& ctx) {
    backward<T>(ctx, set, a, b, dc, da, db, dbias);
  };
  const T* host_a = instance.inputs[0].data.data();
  const T* host_b = instance.inputs[1].data.data();
  const T* host_bias = set.biased ? instance.inputs[2].data.data() : nullptr;
  instance.reference = [=] {
    return std::vector<std::vector<double>>{
        reference<T>(set, {host_a, of_a.rows, of_a.cols}, {host_b, of_b.rows, of_b.cols},
                     {initial->data(), s.rows, s.cols}, host_bias, s.units)};
  };
  instance.reduction_length = s.units;
  instance.bytes = static_cast<double>((s.rows * s.units + s.units * s.cols + s.rows * s.cols) *
                                       std::int64_t{sizeof(T)});
  instance.operations = 2.0 * static_cast<double>(s.rows * s.cols * s.units);
  return instance;
}

}  // namespace

OpCase gemm_case() {
  std::vector<CaseShape> shapes{{0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}, {600, 65, 2100}};
  shapes.push_back({3, 4, 0, 0, scaled | with_bias});
  shapes.push_back({5, 7, 0, 0, with_bias, 1});
  for (const int mode : {with_bias, all_bits}) {  // cut by columns
    shapes.push_back({40, 600, 60, 0, mode, 1});
  }
  for (int mode = plain; mode <= all_bits; ++mode) {
    shapes.push_back({13, 17, 31, 0, mode, mode % 3});
  }
  return {"gemm", shapes, {{3706, 500, 6040}, {784, 500, 1000}}, make<float>, make<double>};
}

}  // namespace lacuna
