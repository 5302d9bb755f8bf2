#include "kernels/case_data.hpp"
#include "kernels/sparse/gather_rows.hpp"

namespace lacuna {

namespace {

/// Rows come from everywhere, some twice.
std::vector<std::int32_t> order_of(const CaseShape& s, std::uint64_t seed) {
  std::vector<std::int32_t> order(static_cast<std::size_t>(s.units));
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto word = philox({seed, 8}, i)[0];
    order[i] = static_cast<std::int32_t>(word % static_cast<unsigned>(s.rows));
  }
  return order;
}

/// Takes `units` of `rows` rows.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const auto pattern = random_pattern(s, seed);
  const auto value =
      std::make_shared<const std::vector<T>>(random_values<T>(pattern->nnz(), seed, 1));
  const auto order = std::make_shared<const std::vector<std::int32_t>>(order_of(s, seed));
  const auto row_ptr = std::make_shared<std::vector<std::int64_t>>(s.units + 1, 7);
  std::vector<std::vector<double>> expected(3);
  expected[0] = {0};
  for (std::int64_t i = 0; i < s.units; ++i) {
    const auto r = static_cast<std::size_t>((*order)[static_cast<std::size_t>(i)]);
    const std::int64_t begin = pattern->row_ptr[r];
    const std::int64_t end = pattern->row_ptr[r + 1];
    for (auto e = static_cast<std::size_t>(begin); e < static_cast<std::size_t>(end); ++e) {
      expected[1].push_back(pattern->col[e]);
      expected[2].push_back(static_cast<double>((*value)[e]));
    }
    expected[0].push_back(static_cast<double>(expected[1].size()));
  }
  const std::size_t entries = expected[1].size();
  const auto col = std::make_shared<std::vector<std::int32_t>>(entries, -7);

  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"row_ptr", std::vector<T>(expected[0].size())},
                      {"col", std::vector<T>(entries)},
                      {"value", std::vector<T>(entries)}};
  const DevicePattern on_device(memory, pattern);
  const GatherRows<T> op{.from = on_device.csr(memory.array(*value)),
                         .order = memory.array(*order),
                         .rows = s.units,
                         .row_ptr = memory.array(*row_ptr),
                         .col = memory.array(*col),
                         .value = memory.array(instance.outputs[2].data)};
  instance.forward = [op, pattern, value, order](const ExecContext& ctx) {
    gather_rows<T>(ctx, op);
  };
  instance.collect = [row_ptr, col, out_ptr = instance.outputs[0].data.data(),
                      out_col = instance.outputs[1].data.data()] {
    std::ranges::transform(*row_ptr, out_ptr, [](auto i) { return static_cast<T>(i); });
    std::ranges::transform(*col, out_col, [](auto i) { return static_cast<T>(i); });
  };
  instance.reference = [expected] { return expected; };
  instance.bytes = static_cast<double>(entries) * static_cast<double>(2 * (sizeof(T) + 4)) +
                   static_cast<double>(s.units) * 28;
  return instance;
}

}  // namespace

OpCase gather_rows_case() {
  return {"gather_rows",
          {{9, 11, 4, 0.5},
           {9, 11, 4, 1.0},
           {131, 67, 40, 0.9},
           {7, 300, 5, 0.1},  // rows longer than a warp
           {3, 5, 0, 0.0},
           {0, 5, 0, 0.0},
           {1500, 3, 1100, 0.5},  // more rows than a block has threads
           {1, 1, 1, 0.0}},
          {{6040, 3706, 1000, 0.96}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
