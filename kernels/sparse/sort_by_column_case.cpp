#include "kernels/sparse/case_groups.hpp"
#include "kernels/sparse/sort_by_column.hpp"

namespace lacuna {

namespace {

/// Groups of `units` rows; 0: one of all rows.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const std::int64_t group_rows = s.units > 0 ? s.units : std::max<std::int64_t>(s.rows, 1);
  const auto expected = std::make_shared<const CaseGroups>(*pattern, group_rows);
  const auto groups = std::make_shared<CaseGroups>(expected->unwritten());
  const auto next = std::make_shared<std::vector<std::int64_t>>(s.cols);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  for (std::size_t i = 0; i < group_names.size(); ++i) {
    instance.outputs.push_back({group_names[i], groups->template values<T>()[i]});
  }
  const DevicePattern on_device(memory, pattern);
  const SortByColumn<T> op{.rows = on_device.template csr<T>(nullptr),
                           .group_rows = group_rows,
                           .lists = groups->on_device(memory),
                           .next = memory.array(*next)};
  instance.forward = [op, next](const ExecContext& ctx) { sort_by_column<T>(ctx, op); };
  std::vector<T*> out;
  for (auto& buffer : instance.outputs) out.push_back(buffer.data.data());
  instance.collect = [groups, out] {
    const auto values = groups->template values<T>();
    for (std::size_t i = 0; i < out.size(); ++i) std::ranges::copy(values[i], out[i]);
  };
  instance.reference = [pattern, expected] { return expected->template values<double>(); };
  instance.bytes = static_cast<double>(pattern->nnz() * 16 + s.cols * 12);
  return instance;
}

}  // namespace

OpCase sort_by_column_case() {
  return {"sort_by_column",
          {{.rows = 9, .cols = 11, .missing = 0.5},
           {.rows = 9, .cols = 11, .missing = 1.0},
           {.rows = 9, .cols = 11, .units = 2, .missing = 0.5},     // the last group has one row
           {.rows = 5, .cols = 7, .units = 1, .missing = 0.9},      // groups without entries
           {.rows = 300, .cols = 67, .units = 90, .missing = 0.1},  // of several tiles
           {.rows = 131, .cols = 67, .missing = 0.9},
           {.rows = 40, .cols = 300, .missing = 0.6},  // columns of two digits
           {.rows = 40, .cols = 300, .units = 7, .missing = 0.6},
           {.rows = 90, .cols = 60, .missing = 0.1},     // entries of several blocks
           {.rows = 1100, .cols = 67, .missing = 0.1},   // of more blocks than a warp has lanes
           {.rows = 2, .cols = 66000, .missing = 0.99},  // columns of three digits
           {.rows = 300, .cols = 4, .units = 1, .missing = 0.5},  // more groups than threads
           {.rows = 3, .cols = 1, .missing = 0.0},
           {.rows = 0, .cols = 5},
           {.rows = 5, .cols = 0},
           {.rows = 1, .cols = 1}},
          {{.rows = 6040, .cols = 3706, .units = 1000, .missing = 0.96}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
