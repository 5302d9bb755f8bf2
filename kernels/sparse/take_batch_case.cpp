#include "kernels/sparse/case_groups.hpp"
#include "kernels/sparse/take_batch.hpp"

namespace lacuna {

namespace {

/// The rows [begin, end) as a pattern of their own.
CasePattern rows_of(const CasePattern& pattern, std::int64_t begin, std::int64_t end) {
  CasePattern part;
  part.rows = end - begin;
  part.cols = pattern.cols;
  const std::int64_t first = pattern.row_ptr[static_cast<std::size_t>(begin)];
  for (std::int64_t r = begin; r < end; ++r) {
    part.row_ptr.push_back(pattern.row_ptr[static_cast<std::size_t>(r) + 1] - first);
  }
  part.col.assign(pattern.col.begin() + first, pattern.col.begin() + first + part.row_ptr.back());
  return part;
}

/// Batches have `units` rows, the last one what is left. The mode is a number: that of the batch.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const std::int64_t batch = s.mode;
  const auto pattern = random_pattern(s, seed);
  const auto value =
      std::make_shared<const std::vector<T>>(random_values<T>(pattern->nnz(), seed, 1));
  const auto epoch = std::make_shared<CaseGroups>(*pattern, s.units);
  const auto input = std::make_shared<const std::vector<StepInput>>(1, StepInput{.batch = batch});
  const std::int64_t begin = batch * s.units;
  const CasePattern part = rows_of(*pattern, begin, std::min(begin + s.units, s.rows));
  const auto expected =
      std::make_shared<const CaseGroups>(part, std::max<std::int64_t>(part.rows, 1));
  std::vector<std::int64_t> numbers;
  for (std::int64_t r = 0; r < s.rows; ++r) numbers.push_back(100 + r);
  const auto epoch_cells = std::make_shared<const std::vector<std::int64_t>>(numbers);
  const auto cells = std::make_shared<std::vector<std::int64_t>>(part.rows, -7);
  const auto taken = std::make_shared<CaseGroups>(expected->unwritten());
  const auto row_ptr = std::make_shared<std::vector<std::int64_t>>(part.row_ptr.size(), -7);
  const auto col = std::make_shared<std::vector<std::int32_t>>(part.col.size(), -7);

  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"row_ptr", std::vector<T>(part.row_ptr.size())},
                      {"col", std::vector<T>(part.col.size())},
                      {"value", std::vector<T>(part.col.size())},
                      {"cells", std::vector<T>(cells->size())}};
  for (std::size_t i = 0; i < group_names.size(); ++i) {
    instance.outputs.push_back({group_names[i], taken->template values<T>()[i]});
  }
  const DevicePattern on_device(memory, pattern);
  CsrView<T> rows = on_device.csr(memory.array(*value));
  rows.cells = memory.array(*epoch_cells);
  const TakeBatch<T> op{.epoch = rows,
                        .epoch_lists = epoch->on_device(memory),
                        .batch_rows = s.units,
                        .input = memory.array(*input),
                        .rows = part.rows,
                        .nnz = part.nnz() + 300,
                        .row_ptr = memory.array(*row_ptr),
                        .col = memory.array(*col),
                        .value = memory.array(instance.outputs[2].data),
                        .cells = memory.array(*cells),
                        .lists = taken->on_device(memory)};
  instance.forward = [op, pattern, value, epoch, epoch_cells, input](const ExecContext& ctx) {
    take_batch<T>(ctx, op);
  };
  std::vector<T*> out;
  for (auto& buffer : instance.outputs) out.push_back(buffer.data.data());
  instance.collect = [row_ptr, col, cells, taken, out] {
    const auto to_t = [](auto i) { return static_cast<T>(i); };
    std::ranges::transform(*row_ptr, out[0], to_t);
    std::ranges::transform(*col, out[1], to_t);
    std::ranges::transform(*cells, out[3], to_t);
    const auto lists = taken->template values<T>();
    for (std::size_t i = 0; i < lists.size(); ++i) std::ranges::copy(lists[i], out[4 + i]);
  };
  instance.reference = [part, expected, pattern, value, begin] {
    const auto first = static_cast<std::size_t>(pattern->row_ptr[static_cast<std::size_t>(begin)]);
    std::vector<std::vector<double>> all{
        {part.row_ptr.begin(), part.row_ptr.end()}, {part.col.begin(), part.col.end()}, {}, {}};
    for (std::int64_t r = 0; r < part.rows; ++r) {
      all[3].push_back(static_cast<double>(100 + begin + r));
    }
    for (std::size_t i = 0; i < part.col.size(); ++i) {
      all[2].push_back(static_cast<double>((*value)[first + i]));
    }
    for (auto& list : expected->template values<double>()) all.push_back(std::move(list));
    return all;
  };
  instance.bytes = static_cast<double>(part.nnz()) * static_cast<double>(2 * (sizeof(T) + 12)) +
                   static_cast<double>(part.rows) * 16;
  return instance;
}

}  // namespace

OpCase take_batch_case() {
  std::vector<CaseShape> shapes{{.rows = 9, .cols = 11, .units = 9, .missing = 1.0},
                                {.rows = 131, .cols = 67, .units = 40, .missing = 0.9, .mode = 2},
                                {.rows = 700, .cols = 3, .units = 400, .missing = 0.9},
                                {.rows = 1, .cols = 1, .units = 1}};
  for (int batch = 0; batch < 3; ++batch) {  // the last one has a row
    shapes.push_back({.rows = 9, .cols = 11, .units = 4, .missing = 0.5, .mode = batch});
  }
  return {"take_batch",
          shapes,
          {{.rows = 6040, .cols = 3706, .units = 1000, .missing = 0.96, .mode = 2}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
