#include "kernels/case_data.hpp"
#include "kernels/sparse/sort_by_column.hpp"

namespace lacuna {

namespace {

/// Where the kernel writes; each array as long as a device needs it.
struct Arrays {
  std::vector<std::int32_t> column, row, position;
  std::vector<std::int64_t> col_ptr, next, stored{-7};

  Arrays(std::size_t cols, std::size_t nnz)
      : column(cols, -7), row(nnz, -7), position(nnz, -7), col_ptr(cols + 1, -7), next(cols) {}
};

/// The outputs: entries of each column, then rows and positions in the sorted order.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const auto cols = static_cast<std::size_t>(s.cols);
  const auto nnz = static_cast<std::size_t>(pattern->nnz());
  const auto arrays = std::make_shared<Arrays>(cols, nnz);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"entries of a column", std::vector<T>(cols)},
                      {"row", std::vector<T>(nnz)},
                      {"position", std::vector<T>(nnz)}};
  const DevicePattern on_device(memory, pattern);
  const SortByColumn<T> op{.rows = on_device.template csr<T>(nullptr),
                           .stored = memory.array(arrays->stored),
                           .column = memory.array(arrays->column),
                           .col_ptr = memory.array(arrays->col_ptr),
                           .row = memory.array(arrays->row),
                           .position = memory.array(arrays->position),
                           .next = memory.array(arrays->next)};
  instance.forward = [op](const ExecContext& ctx) { sort_by_column<T>(ctx, op); };
  std::vector<T*> out;
  for (auto& buffer : instance.outputs) out.push_back(buffer.data.data());
  instance.collect = [=] {
    const auto convert = [](auto i) { return static_cast<T>(i); };
    std::fill_n(out[0], cols, T(0));
    for (std::int64_t k = 0; k < arrays->stored[0]; ++k) {
      const auto i = static_cast<std::size_t>(k);
      out[0][arrays->column[i]] = convert(arrays->col_ptr[i + 1] - arrays->col_ptr[i]);
    }
    std::ranges::transform(arrays->row, out[1], convert);
    std::ranges::transform(arrays->position, out[2], convert);
  };
  instance.reference = [pattern, cols] {
    std::vector<double> entries(cols, 0.0);
    for (const std::int32_t c : pattern->col) ++entries[static_cast<std::size_t>(c)];
    return std::vector<std::vector<double>>{entries,
                                            {pattern->row.begin(), pattern->row.end()},
                                            {pattern->position.begin(), pattern->position.end()}};
  };
  instance.bytes = static_cast<double>(nnz * 16 + cols * 12);
  return instance;
}

}  // namespace

OpCase sort_by_column_case() {
  return {"sort_by_column",
          {{.rows = 9, .cols = 11, .missing = 0.5},
           {.rows = 9, .cols = 11, .missing = 1.0},
           {.rows = 131, .cols = 67, .missing = 0.9},
           {.rows = 40, .cols = 300, .missing = 0.6},    // columns of two digits
           {.rows = 90, .cols = 60, .missing = 0.1},     // entries of several blocks
           {.rows = 1100, .cols = 67, .missing = 0.1},   // of more blocks than a warp has lanes
           {.rows = 2, .cols = 66000, .missing = 0.99},  // columns of three digits
           {.rows = 3, .cols = 1, .missing = 0.0},
           {.rows = 0, .cols = 5},
           {.rows = 5, .cols = 0},
           {.rows = 1, .cols = 1}},
          {{.rows = 6040, .cols = 3706, .missing = 0.96}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
