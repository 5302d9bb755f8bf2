#include "kernels/case_data.hpp"
#include "kernels/levels/gather_levels.hpp"

namespace lacuna {

namespace {

/// The mode is 3 * role + code.
constexpr int modes = 9;

/// Rows come from everywhere, some twice; with as many wanted as there are, as they stand.
std::vector<std::int32_t> order_of(const CaseShape& s, std::uint64_t seed) {
  std::vector<std::int32_t> order;
  for (std::int64_t i = 0; i < s.units && s.units != s.rows; ++i) {
    const auto word = philox({seed, 8}, static_cast<std::uint64_t>(i))[0];
    order.push_back(static_cast<std::int32_t>(word % static_cast<unsigned>(s.rows)));
  }
  return order;
}

/// Which entries of a row have the role, by the definition.
std::vector<bool> taken(EntryRole role, const RandomStream& stream, std::int64_t row,
                        std::int64_t entries) {
  std::vector<std::uint32_t> word;
  for (std::int64_t i = 0; i < entries; ++i) {
    word.push_back(entry_words(stream, row,
                               static_cast<std::uint64_t>(i / 4))[static_cast<std::size_t>(i % 4)]);
  }
  const std::uint32_t largest = word.empty() ? 0 : *std::ranges::max_element(word);
  const double share = entry_words(stream, row, 0xffffffffU)[0];
  std::vector<bool> result;
  for (const std::uint32_t w : word) {
    const bool given = w < std::floor(share * 0x1p-32 * largest);
    result.push_back(role == EntryRole::any || given == (role == EntryRole::given));
  }
  return result;
}

template <class T>
struct Source {
  std::shared_ptr<const CasePattern> pattern;
  std::shared_ptr<const std::vector<T>> value;
  std::shared_ptr<const std::vector<T>> levels;
};

/// row_ptr, col, value, cells.
template <class T>
std::vector<std::vector<double>> expected_of(const Source<T>& in, const GatherLevels<T>& op,
                                             const std::vector<std::int32_t>& order) {
  std::vector<std::vector<double>> out(4);
  out[0] = {0};
  const auto count = static_cast<std::int64_t>(in.levels->size());
  for (std::int64_t i = 0; i < op.rows; ++i) {
    const std::int64_t row = order.empty() ? i : order[static_cast<std::size_t>(i)];
    const std::int64_t begin = in.pattern->row_ptr[static_cast<std::size_t>(row)];
    const std::int64_t end = in.pattern->row_ptr[static_cast<std::size_t>(row) + 1];
    const std::vector<bool> wanted = taken(op.role, op.stream, row, end - begin);
    for (std::int64_t e = begin; e < end; ++e) {
      if (!wanted[static_cast<std::size_t>(e - begin)]) continue;
      const auto col = static_cast<double>(in.pattern->col[static_cast<std::size_t>(e)]);
      const T value = (*in.value)[static_cast<std::size_t>(e)];
      const auto distance = [&](T a, T b) { return std::abs(a - value) < std::abs(b - value); };
      const auto level = std::ranges::min_element(*in.levels, distance) - in.levels->begin();
      if (op.code == LevelCode::value) {
        out[1].push_back(col);
        out[2].push_back(static_cast<double>(value));
        continue;
      }
      for (std::int64_t k = op.code == LevelCode::one_hot ? level : 0; k <= level; ++k) {
        out[1].push_back(col * static_cast<double>(count) + static_cast<double>(k));
        out[2].push_back(1);
      }
    }
    out[0].push_back(static_cast<double>(out[1].size()));
    out[3].push_back(static_cast<double>(std::ranges::count(wanted, true)));
  }
  return out;
}

/// Takes `units` of `rows` rows, with values between and on five levels.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const Source<T> in{random_pattern(s, seed), nullptr,
                     std::make_shared<const std::vector<T>>(
                         std::vector<T>{T(-1), T(-0.5), T(0.125), T(0.5), T(1)})};
  auto values = random_values<T>(in.pattern->nnz(), seed, 1);
  for (std::size_t i = 0; i < values.size(); i += 2) {
    values[i] = i % 3 == 0 ? T(-0.75) : (*in.levels)[i % 5];  // between two levels, or on one
  }
  const auto value = std::make_shared<const std::vector<T>>(std::move(values));
  const auto order = std::make_shared<const std::vector<std::int32_t>>(order_of(s, seed));
  GatherLevels<T> op{.from = {},
                     .order = nullptr,
                     .rows = s.units,
                     .role = static_cast<EntryRole>(s.mode / 3),
                     .stream = {seed, 9, 4},
                     .code = static_cast<LevelCode>(s.mode % 3),
                     .levels = {}};
  const auto expected = expected_of<T>({in.pattern, value, in.levels}, op, *order);
  const auto row_ptr = std::make_shared<std::vector<std::int64_t>>(s.units + 1, 7);
  const auto cells = std::make_shared<std::vector<std::int64_t>>(s.units, 7);
  const auto col = std::make_shared<std::vector<std::int32_t>>(expected[1].size(), -7);

  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  instance.outputs = {{"row_ptr", std::vector<T>(expected[0].size())},
                      {"col", std::vector<T>(expected[1].size())},
                      {"value", std::vector<T>(expected[2].size())},
                      {"cells", std::vector<T>(expected[3].size())}};
  const DevicePattern on_device(memory, in.pattern);
  op.from = on_device.csr(memory.array(*value));
  if (!order->empty()) op.order = memory.array(*order);
  op.levels = {memory.array(*in.levels), static_cast<std::int64_t>(in.levels->size())};
  op.row_ptr = memory.array(*row_ptr);
  op.col = memory.array(*col);
  op.value = memory.array(instance.outputs[2].data);
  op.cells = memory.array(*cells);
  instance.forward = [op, in, value, order](const ExecContext& ctx) { gather_levels<T>(ctx, op); };
  instance.collect = [row_ptr, col, cells, out_ptr = instance.outputs[0].data.data(),
                      out_col = instance.outputs[1].data.data(),
                      out_cells = instance.outputs[3].data.data()] {
    const auto number = [](auto i) { return static_cast<T>(i); };
    std::ranges::transform(*row_ptr, out_ptr, number);
    std::ranges::transform(*col, out_col, number);
    std::ranges::transform(*cells, out_cells, number);
  };
  instance.reference = [expected] { return expected; };
  instance.bytes = static_cast<double>(in.pattern->nnz() * std::int64_t{sizeof(T) + 4}) +
                   static_cast<double>(expected[1].size() * (sizeof(T) + 4) + s.units * 28);
  return instance;
}

}  // namespace

OpCase gather_levels_case() {
  std::vector<CaseShape> shapes;
  for (int mode = 0; mode < modes; ++mode) shapes.push_back({31, 23, 31, 0.6, mode});
  shapes.insert(shapes.end(), {{9, 11, 4, 1.0, 4},
                               {131, 67, 40, 0.9, 5},
                               {7, 600, 5, 0.1, 4},  // rows longer than a block
                               {7, 600, 5, 0.1, 8},
                               {3, 5, 0, 0.0, 4},
                               {0, 5, 0, 0.0, 4},
                               {1500, 3, 1100, 0.5, 7},  // more rows than a block has threads
                               {1, 1, 1, 0.0, 4},
                               {1, 1, 1, 0.0, 7}});
  return {"gather_levels",
          shapes,
          {{6040, 3706, 1000, 0.96, 4}, {6040, 3706, 1000, 0.96, 6}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
