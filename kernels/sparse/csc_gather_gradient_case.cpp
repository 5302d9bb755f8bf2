#include "kernels/case_data.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"

namespace lacuna {

namespace {

constexpr int terms = 2;

template <class T>
std::vector<std::vector<double>> reference(const CaseShape& s, const CasePattern& pattern,
                                           const std::vector<const T*>& in) {
  std::vector<std::vector<double>> out;
  for (std::size_t term = 0; term < terms; ++term) {
    const std::vector<double> coefficient = densified<double>(pattern, in[2 * term]);
    std::vector<double> gradient(static_cast<std::size_t>(s.cols * s.units), 0.0);
    std::vector<double> sum(static_cast<std::size_t>(s.cols), 0.0);
    for (std::int64_t r = 0; r < s.rows; ++r) {
      for (std::int64_t c = 0; c < s.cols; ++c) {
        const double a = coefficient[static_cast<std::size_t>(r * s.cols + c)];
        sum[static_cast<std::size_t>(c)] += a;
        for (std::int64_t j = 0; j < s.units; ++j) {
          gradient[static_cast<std::size_t>(c * s.units + j)] +=
              a * static_cast<double>(in[2 * term + 1][r * s.units + j]);
        }
      }
    }
    out.push_back(std::move(gradient));
    out.push_back(std::move(sum));
  }
  return out;
}

/// X^T G as a dense product, one term at a time.
template <class T>
std::vector<std::vector<T>> composed(const ExecContext& ctx, const CaseShape& s,
                                     const CasePattern& pattern, const std::vector<const T*>& in) {
  std::vector<std::vector<T>> out;
  const std::vector<T> ones(static_cast<std::size_t>(s.rows), T(1));
  for (std::size_t term = 0; term < terms; ++term) {
    const std::vector<T> x = densified<T>(pattern, in[2 * term]);
    for (const MatrixView<const T>& right : {MatrixView<const T>{in[2 * term + 1], s.rows, s.units},
                                             MatrixView<const T>{ones.data(), s.rows, 1}}) {
      std::vector<T> product(static_cast<std::size_t>(s.cols * right.cols));
      gemm<T>(ctx, {.a = {x.data(), s.rows, s.cols},
                    .b = right,
                    .c = {product.data(), s.cols, right.cols},
                    .transpose_a = Transpose::yes});
      out.push_back(std::move(product));
    }
  }
  return out;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed) {
  const auto pattern = random_pattern(s, seed);
  CaseInstance<T> instance;
  std::vector<const T*> in;
  std::vector<T*> out;
  for (std::uint32_t term = 0; term < terms; ++term) {
    instance.inputs.push_back({"coefficient", random_values<T>(pattern->nnz(), seed, 2 * term)});
    instance.inputs.push_back({"source", random_values<T>(s.rows * s.units, seed, 2 * term + 1)});
    instance.outputs.push_back(
        {"gradient", std::vector<T>(static_cast<std::size_t>(s.cols * s.units))});
    instance.outputs.push_back({"column_sum", std::vector<T>(static_cast<std::size_t>(s.cols))});
  }
  for (auto& buffer : instance.inputs) in.push_back(buffer.data.data());
  for (auto& buffer : instance.outputs) out.push_back(buffer.data.data());

  instance.forward = [=](const ExecContext& ctx) {
    const auto term = [&](std::size_t i) {
      return GatherTerm<T>{.coefficient = in[2 * i],
                           .source = {in[2 * i + 1], s.rows, s.units},
                           .gradient = {out[2 * i], s.cols, s.units},
                           .column_sum = out[2 * i + 1]};
    };
    const std::array<GatherTerm<T>, terms> both{term(0), term(1)};
    csc_gather_gradient<T>(ctx, pattern->csc(), both);
  };
  instance.reference = [=] { return reference<T>(s, *pattern, in); };
  instance.composed = [=](const ExecContext& ctx) { return composed<T>(ctx, s, *pattern, in); };
  instance.reduction_length = s.rows;
  instance.bytes =
      static_cast<double>(terms * (pattern->nnz() + s.cols) * s.units * std::int64_t{sizeof(T)});
  instance.operations = 2.0 * terms * static_cast<double>(pattern->nnz() * s.units);
  return instance;
}

}  // namespace

OpCase csc_gather_gradient_case() {
  return {"csc_gather_gradient",
          {{9, 11, 7, 0.0},
           {9, 11, 7, 0.5},
           {9, 11, 7, 1.0},
           {131, 67, 33, 0.9},
           {0, 5, 3, 0.0},
           {5, 0, 3, 0.0},
           {1, 1, 1, 0.0}},
          {{3706, 6040, 500, 0.96}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
