#include "kernels/case_data.hpp"
#include "kernels/dense/gemm.hpp"

namespace lacuna {

namespace {

/// Bits of the mode: 1 transposes A, 2 transposes B, 4 sets alpha = 0.5 and beta = 2.
template <class T>
struct Setting {
  Transpose a, b;
  T alpha, beta;

  explicit Setting(int mode)
      : a((mode & 1) != 0 ? Transpose::yes : Transpose::no),
        b((mode & 2) != 0 ? Transpose::yes : Transpose::no),
        alpha((mode & 4) != 0 ? T(0.5) : T(1)),
        beta((mode & 4) != 0 ? T(2) : T(0)) {}
};

constexpr Transpose flipped(Transpose t) {
  return t == Transpose::yes ? Transpose::no : Transpose::yes;
}

template <class T>
MatrixView<T> stored(T* data, std::int64_t rows, std::int64_t cols, Transpose t) {
  return t == Transpose::yes ? MatrixView<T>{data, cols, rows} : MatrixView<T>{data, rows, cols};
}

/// The gradients are products themselves: dA = alpha dC op(B)^T, dB = alpha op(A)^T dC.
template <class T>
void backward(const ExecContext& ctx, const Setting<T>& set, MatrixView<const T> a,
              MatrixView<const T> b, MatrixView<const T> dc, MatrixView<T> da, MatrixView<T> db) {
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
                              MatrixView<const T> c, std::int64_t inner) {
  std::vector<double> out;
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      double sum = 0;
      for (std::int64_t p = 0; p < inner; ++p) {
        const T left = set.a == Transpose::yes ? a.row(p)[i] : a.row(i)[p];
        const T right = set.b == Transpose::yes ? b.row(j)[p] : b.row(p)[j];
        sum += static_cast<double>(left) * static_cast<double>(right);
      }
      out.push_back(static_cast<double>(set.alpha) * sum +
                    static_cast<double>(set.beta) * static_cast<double>(c.row(i)[j]));
    }
  }
  return out;
}

/// rows x cols = (rows x units) (units x cols).
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed) {
  const Setting<T> set(s.mode);
  CaseInstance<T> instance;
  instance.inputs = {{"a", random_values<T>(s.rows * s.units, seed, 1)},
                     {"b", random_values<T>(s.units * s.cols, seed, 2)}};
  const auto initial =
      std::make_shared<const std::vector<T>>(random_values<T>(s.rows * s.cols, seed, 3));
  instance.outputs = {{"c", *initial}};
  instance.cotangents = {{"c", random_values<T>(s.rows * s.cols, seed, 4)}};
  instance.gradients = instance.inputs;
  const auto a = stored(instance.inputs[0].data.data(), s.rows, s.units, set.a);
  const auto b = stored(instance.inputs[1].data.data(), s.units, s.cols, set.b);
  const auto da = stored(instance.gradients[0].data.data(), s.rows, s.units, set.a);
  const auto db = stored(instance.gradients[1].data.data(), s.units, s.cols, set.b);
  const MatrixView<T> c{instance.outputs[0].data.data(), s.rows, s.cols};
  const MatrixView<const T> dc{instance.cotangents[0].data.data(), s.rows, s.cols};
  instance.forward = [=](const ExecContext& ctx) {
    std::ranges::copy(*initial, c.data);
    gemm<T>(ctx, {a, b, c, set.a, set.b, set.alpha, set.beta});
  };
  instance.backward = [=](const ExecContext& ctx) { backward<T>(ctx, set, a, b, dc, da, db); };
  instance.reference = [=] {
    return std::vector<std::vector<double>>{
        reference<T>(set, a, b, {initial->data(), s.rows, s.cols}, s.units)};
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
  for (int mode = 0; mode < 8; ++mode) shapes.push_back({13, 17, 31, 0, mode});
  return {"gemm", shapes, {{3706, 500, 6040}, {784, 500, 1000}}, make<float>, make<double>};
}

}  // namespace lacuna
