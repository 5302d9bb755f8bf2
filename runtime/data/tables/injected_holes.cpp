#include "runtime/data/tables/injected_holes.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "runtime/data/hide_cells.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {

namespace {

constexpr std::int32_t sparse = 1;

Labels draw_groups(std::int64_t rows, const RandomStream& stream) {
  Labels groups{std::vector<std::int32_t>(static_cast<std::size_t>(rows)), {"dense", "sparse"}};
  const std::vector<std::uint32_t> order = shuffled(rows, stream);
  for (std::int64_t i = 0; i < rows / 2; ++i) {
    groups.value[order[static_cast<std::size_t>(i)]] = sparse;
  }
  return groups;
}

}  // namespace

DenseArray repeat_columns(const DenseArray& array, std::int64_t copies) {
  if (copies == 1) return array;
  const std::int64_t columns = array.columns();
  DenseArray repeated{array.rows, {copies * columns}, {}, {}};
  const auto& once = std::get<std::vector<float>>(array.values);
  std::vector<float> values;
  values.reserve(once.size() * static_cast<std::size_t>(copies));
  for (auto row = once.begin(); row != once.end(); row += columns) {
    for (std::int64_t k = 0; k < copies; ++k) values.insert(values.end(), row, row + columns);
  }
  repeated.values = std::move(values);
  if (array.mask.empty()) return repeated;
  repeated.mask.resize(static_cast<std::size_t>(array.rows * mask_row_bytes(copies * columns)));
  for (std::int64_t r = 0; r < array.rows; ++r) {
    for (std::int64_t c = 0; c < copies * columns; ++c) {
      if (array.observed(r, c % columns)) set_observed(repeated.mask, copies * columns, r, c);
    }
  }
  return repeated;
}

void inject_holes(DataSet& data, std::span<const std::int64_t> rows, std::uint32_t part,
                  const HolesConfig& holes, std::uint64_t seed) {
  Labels groups = draw_groups(data.rows(), {seed, purpose::injected_groups, part});
  auto& input = std::get<DenseArray>(data.fields.at("input"));
  const std::vector<CellGroup> cells = single_cells(input.columns());
  hide_where(input, rows, cells, {seed, purpose::injected_holes}, [&](std::int64_t r, const auto&) {
    const bool is_sparse = groups.value[static_cast<std::size_t>(r)] == sparse;
    return is_sparse ? holes.sparse_share : holes.dense_share;
  });
  data.fields.emplace(group_field, std::move(groups));
}

}  // namespace lacuna::data
