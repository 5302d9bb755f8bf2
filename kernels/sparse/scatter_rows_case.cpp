#include <tuple>
#include <utility>

#include "kernels/case_data.hpp"
#include "kernels/sparse/scatter_rows.hpp"

namespace lacuna {

namespace {

/// What a row's entries are counted by to scale it; plain: it is not scaled.
enum Mode : int {
  plain = 0,
  by_mask = 1,
  by_non_zeros = 2,
  by_cells = 3,  ///< a row's entries stand for fewer cells
  constant = 4,
};

SparsityNormalization normalization_of(int mode) {
  if (mode == plain) return {};
  if (mode == constant) return {0.25, CountBy::constant};
  return {3.0, mode == by_non_zeros ? CountBy::non_zeros : CountBy::mask};
}

std::int64_t cells_of(std::int64_t entries) {
  return (entries + 2) / 3;
}

template <class T>
std::vector<double> reference(const CaseShape& s, const CasePattern& pattern,
                              const std::vector<T>& value) {
  std::vector<double> y = densified<double>(pattern, value.data());
  const double k = normalization_of(s.mode).k;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    const std::int64_t begin = pattern.row_ptr[static_cast<std::size_t>(r)];
    const std::int64_t end = pattern.row_ptr[static_cast<std::size_t>(r) + 1];
    std::int64_t count = end - begin;
    if (s.mode == by_cells) count = cells_of(count);
    if (s.mode == by_non_zeros) {
      count -= std::count(value.begin() + begin, value.begin() + end, T(0));
    }
    double scale = k / static_cast<double>(std::max<std::int64_t>(count, 1));
    if (s.mode == plain) scale = 1;
    if (s.mode == constant) scale = k;
    for (std::int64_t c = 0; c < s.cols; ++c) y[static_cast<std::size_t>(r * s.cols + c)] *= scale;
  }
  return y;
}

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const auto value = std::make_shared<const std::vector<T>>(
      random_values<T>(pattern->nnz(), seed, 1, s.mode == by_non_zeros ? 0.7 : 1));
  const auto row_cells = std::make_shared<std::vector<std::int64_t>>();
  for (std::size_t r = 0; r < static_cast<std::size_t>(s.rows) && s.mode == by_cells; ++r) {
    row_cells->push_back(cells_of(pattern->row_ptr[r + 1] - pattern->row_ptr[r]));
  }
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"y", std::vector<T>(static_cast<std::size_t>(s.rows * s.cols), T(7))}};
  const DevicePattern on_device(memory, pattern);
  CsrView<T> x = on_device.csr(memory.array(*value));
  if (!row_cells->empty()) x.cells = memory.array(std::as_const(*row_cells));
  const MatrixView<T> y = memory.matrix(instance.outputs[0].data, s.rows, s.cols, s.padding);
  instance.forward = [=, held = std::tuple(value, row_cells)](const ExecContext& ctx) {
    scatter_rows<T>(ctx, {.x = x, .normalization = normalization_of(s.mode), .y = y});
  };
  instance.reference = [=] {
    return std::vector<std::vector<double>>{reference<T>(s, *pattern, *value)};
  };
  instance.bytes = static_cast<double>(pattern->nnz()) * (4 + sizeof(T)) +
                   static_cast<double>(s.rows * s.cols * std::int64_t{sizeof(T)});
  instance.operations = static_cast<double>(pattern->nnz());
  return instance;
}

}  // namespace

OpCase scatter_rows_case() {
  std::vector<CaseShape> shapes{{0, 5, 0, 0.0, by_mask},
                                {3, 0, 0, 0.0, by_mask},
                                {1, 1, 0, 0.0, by_mask},
                                {200, 3, 0, 0.8, by_mask},
                                {3, 1028, 0, 0.3, by_mask}};
  for (const int mode : {plain, by_mask, by_non_zeros, by_cells, constant}) {
    for (const double missing : {0.0, 0.5, 1.0}) shapes.push_back({9, 11, 0, missing, mode});
    shapes.push_back({5, 12, 0, 0.5, mode, mode});
    shapes.push_back({4, 701, 0, 0.4, mode});
  }
  return {"scatter_rows", shapes, {{338, 3774, 0, 0.37, by_mask}}, make<float>, make<double>};
}

}  // namespace lacuna
