#include "kernels/case_data.hpp"
#include "kernels/dense/gemm.hpp"
#include "kernels/sparse/csc_gather_gradient.hpp"

namespace lacuna {

namespace {

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  counted_on_device = 1,  ///< only the device knows how many columns have entries
  three_levels = 2,       ///< a column has
};

std::int64_t levels_of(const CaseShape& s) {
  return (s.mode & three_levels) != 0 ? 3 : 1;
}

/// The coefficients of a level.
template <class T>
std::vector<T> level_of(const CaseShape& s, const CasePattern& pattern, const T* values,
                        std::int64_t level) {
  std::vector<T> own;
  for (std::int64_t e = 0; e < pattern.nnz(); ++e) own.push_back(values[e * levels_of(s) + level]);
  return own;
}

template <class T>
std::vector<std::vector<double>> reference(const CaseShape& s, const CasePattern& pattern,
                                           const T* values, const T* source) {
  const std::int64_t levels = levels_of(s);
  std::vector<double> gradient(static_cast<std::size_t>(s.cols * levels * s.units), 0.0);
  std::vector<double> sum(static_cast<std::size_t>(s.cols * levels), 0.0);
  for (std::int64_t level = 0; level < levels; ++level) {
    const std::vector<T> own = level_of(s, pattern, values, level);
    const std::vector<double> coefficient = densified<double>(pattern, own.data());
    for (std::int64_t r = 0; r < s.rows; ++r) {
      for (std::int64_t c = 0; c < s.cols; ++c) {
        const double a = coefficient[static_cast<std::size_t>(r * s.cols + c)];
        const std::int64_t place = c * levels + level;
        sum[static_cast<std::size_t>(place)] += a;
        for (std::int64_t j = 0; j < s.units; ++j) {
          gradient[static_cast<std::size_t>(place * s.units + j)] +=
              a * static_cast<double>(source[r * s.units + j]);
        }
      }
    }
  }
  return {std::move(gradient), std::move(sum)};
}

/// X^T G as a dense product.
template <class T>
std::vector<std::vector<T>> composed(const ExecContext& ctx, const CaseShape& s,
                                     const CasePattern& pattern, const T* values, const T* source) {
  std::vector<std::vector<T>> out;
  const std::vector<T> ones(static_cast<std::size_t>(s.rows), T(1));
  const std::vector<T> x = densified<T>(pattern, values);
  for (const MatrixView<const T>& right : {MatrixView<const T>{source, s.rows, s.units},
                                           MatrixView<const T>{ones.data(), s.rows, 1}}) {
    std::vector<T> product(static_cast<std::size_t>(s.cols * right.cols));
    gemm<T>(ctx, {.a = {x.data(), s.rows, s.cols},
                  .b = right,
                  .c = {product.data(), s.cols, right.cols},
                  .transpose_a = Transpose::yes});
    out.push_back(std::move(product));
  }
  return out;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed, (s.mode & counted_on_device) != 0);
  const std::int64_t levels = levels_of(s);
  const std::int64_t places = s.cols * levels;
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.inputs = {{"coefficient", random_values<T>(pattern->nnz() * levels, seed, 0)},
                     {"source", random_values<T>(s.rows * s.units, seed, 1)}};
  // Not zero at first: empty columns must be cleared.
  instance.outputs = {
      {"gradient", std::vector<T>(static_cast<std::size_t>(places * s.units), T(7))},
      {"column_sum", std::vector<T>(static_cast<std::size_t>(places), T(7))}};
  const DevicePattern on_device(memory, pattern);
  const T* coefficient = memory.array(instance.inputs[0].data);
  const MatrixView<T> source = memory.matrix(instance.inputs[1].data, s.rows, s.units, s.padding);
  const MatrixView<T> gradient =
      memory.matrix(instance.outputs[0].data, places, s.units, s.padding);
  T* column_sum = memory.array(instance.outputs[1].data);

  instance.forward = [=](const ExecContext& ctx) {
    csc_gather_gradient<T>(ctx, {.pattern = on_device.csc(),
                                 .coefficient = coefficient,
                                 .source = source,
                                 .gradient = gradient,
                                 .column_sum = column_sum,
                                 .levels = levels});
  };
  const T* host_coefficient = instance.inputs[0].data.data();
  const T* host_source = instance.inputs[1].data.data();
  instance.reference = [=] { return reference<T>(s, *pattern, host_coefficient, host_source); };
  if (levels == 1) {
    instance.composed = [=](const ExecContext& ctx) {
      return composed<T>(ctx, s, *pattern, host_coefficient, host_source);
    };
  }
  instance.reduction_length = s.rows;
  instance.bytes =
      static_cast<double>((pattern->nnz() + places) * s.units * std::int64_t{sizeof(T)});
  instance.operations = 2.0 * static_cast<double>(pattern->nnz() * levels * s.units);
  return instance;
}

}  // namespace

OpCase csc_gather_gradient_case() {
  return {"csc_gather_gradient",
          {{9, 11, 7, 0.0},
           {9, 11, 7, 0.5},
           {9, 11, 7, 1.0},
           {131, 67, 33, 0.9},
           {150, 37, 21, 0.2},  // long columns: may be done in blocks
           {70, 3, 300, 0.3},   // more units than a warp's lanes hold at 4 each
           {90, 2, 1100, 0.2},  // more than a warp's registers hold
           {9, 11, 12, 0.5, plain, 3},
           {9, 11, 12, 0.5, plain, 4},
           {700, 1, 5, 0.0},  // one column has all entries
           {300, 9, 5, 0.0, plain, 0, EntryPlace::middle_column},
           {300, 9, 5, 0.0, counted_on_device, 0, EntryPlace::middle_column},
           {3, 200, 9, 0.8},  // most columns have none
           {3, 200, 9, 0.8, counted_on_device},
           {9, 11, 12, 0.5, three_levels, 4},
           {131, 67, 33, 0.9, three_levels},
           {150, 37, 21, 0.2, three_levels},
           {3, 200, 9, 0.8, three_levels | counted_on_device},
           {90, 2, 1100, 0.2, three_levels},
           {0, 5, 3, 0.0},
           {5, 0, 3, 0.0},
           {5, 3, 0, 0.5},
           {1, 1, 1, 0.0}},
          {{3706, 6040, 500, 0.96}, {512, 6040, 500, 0.96, three_levels}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
