#include "runtime/data/tables/synthetic_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

constexpr int draws_of_hidden_cells = 512;

const SyntheticTable& checked(const SyntheticTable& source) {
  source.check();
  return source;
}

RandomStream stream(const SyntheticTable& source, std::uint32_t purpose, std::int64_t row) {
  return {source.seed, purpose, static_cast<std::uint32_t>(row)};
}

/// The class in whose interval of the cumulated probabilities u in [0, 1) lies.
std::int32_t class_at(double u, const std::vector<double>& probability) {
  std::size_t c = 0;
  while (c + 1 < probability.size() && u >= probability[c]) u -= probability[c++];
  return static_cast<std::int32_t>(c);
}

template <class T>
void add(Checksum& checksum, const std::vector<T>& values) {
  checksum.update(values.data(), values.size() * sizeof(T));
}

}  // namespace

TableGenerator::TableGenerator(const SyntheticTable& source)
    : source_(checked(source)),
      model_(source),
      holes_(source.missing_share, source.missing_depends) {}

TableGenerator::Row TableGenerator::row(std::int64_t r) const {
  const auto columns = static_cast<std::size_t>(source_.columns);
  Row row{std::vector<double>(columns), std::vector<bool>(columns)};
  RandomSequence cells(stream(source_, purpose::table_cells, r));
  RandomSequence holes(stream(source_, purpose::table_holes, r));
  for (std::size_t j = 0; j < columns; ++j) {
    row.x[j] = static_cast<double>(static_cast<float>(cells.normal()));  // as the table says
    row.hidden[j] = holes.uniform() < holes_.probability(row.x[j]);
  }
  return row;
}

DataSet TableGenerator::generate() const {
  const std::int64_t columns = source_.columns;
  std::vector<float> cells(static_cast<std::size_t>(source_.rows * columns));
  CellMask mask;
  if (source_.missing_share > 0) {
    mask.resize(static_cast<std::size_t>(source_.rows * mask_row_bytes(columns)));
  }
  Targets targets;
  for (std::int64_t r = 0; r < source_.rows; ++r) {
    const Row drawn = row(r);
    for (std::int64_t j = 0; j < columns; ++j) {
      const auto at = static_cast<std::size_t>(j);
      if (drawn.hidden[at]) continue;
      cells[static_cast<std::size_t>(r * columns) + at] = static_cast<float>(drawn.x[at]);
      if (!mask.empty()) set_observed(mask, columns, r, j);
    }
    draw_target(drawn, r, targets);
  }
  Checksum checksum;
  add(checksum, cells);
  add(checksum, mask);
  add(checksum, targets.number);
  add(checksum, targets.label);
  DataSet data{{}, "synthetic_table", checksum.hex()};
  data.fields.emplace("input",
                      DenseArray{source_.rows, {columns}, std::move(cells), std::move(mask)});
  if (source_.classes > 0) {
    data.fields.emplace("target", Labels{std::move(targets.label), schema().target.levels});
  } else {
    data.fields.emplace("target", DenseArray{source_.rows, {1}, std::move(targets.number), {}});
  }
  return data;
}

void TableGenerator::draw_target(const Row& row, std::int64_t r, Targets& targets) const {
  RandomSequence noise(stream(source_, purpose::table_noise, r));
  if (source_.classes > 0) {
    targets.label.push_back(class_at(noise.uniform(), model_.probabilities(row.x)));
  } else {
    const double number = model_.score(0, row.x) + source_.noise * noise.normal();
    targets.number.push_back(static_cast<float>(number));
  }
}

TableSchema TableGenerator::schema() const {
  TableSchema schema;
  for (std::int64_t j = 1; j <= source_.columns; ++j) {
    schema.inputs.push_back({fmt::format("x{}", j), ColumnKind::number, {}});
  }
  schema.target.name = "y";
  if (source_.classes > 0) schema.target.kind = ColumnKind::category;
  for (std::int64_t c = 0; c < source_.classes; ++c) {
    schema.target.levels.push_back(std::to_string(c));
  }
  schema.missing = standard_missing();
  return schema;
}

TableTruth TableGenerator::truth(std::span<const std::int64_t> rows) const {
  const bool is_class = source_.classes > 0;
  TableTruth sum;
  for (const std::int64_t r : rows) {
    const Row drawn = row(r);
    const Row complete{drawn.x, std::vector<bool>(drawn.x.size())};
    sum.floor += is_class ? error_rate(drawn, r) : squared_error(drawn);
    sum.complete_floor += is_class ? error_rate(complete, r) : squared_error(complete);
  }
  const auto mean = [&](double total) {
    const double of_rows = total / static_cast<double>(rows.size());
    return is_class ? of_rows : std::sqrt(of_rows);
  };
  return {mean(sum.floor), mean(sum.complete_floor)};
}

/// Of E[y | the observed cells].
double TableGenerator::squared_error(const Row& row) const {
  std::vector<double> x = row.x;
  for (std::size_t j = 0; j < x.size(); ++j) {
    if (row.hidden[j]) x[j] = holes_.mean();
  }
  return source_.noise * source_.noise + model_.variance(x, row.hidden, holes_.variance());
}

/// Of the most probable class given the observed cells.
double TableGenerator::error_rate(const Row& row, std::int64_t r) const {
  const bool has_holes = std::ranges::find(row.hidden, true) != row.hidden.end();
  const int draws = has_holes ? draws_of_hidden_cells : 1;
  RandomSequence random(stream(source_, purpose::table_floor, r));
  std::vector<double> x = row.x;
  std::vector<double> mean(static_cast<std::size_t>(source_.classes));
  for (int draw = 0; draw < draws; ++draw) {
    for (std::size_t j = 0; j < x.size(); ++j) {
      if (row.hidden[j]) x[j] = holes_.draw(random);
    }
    const std::vector<double> p = model_.probabilities(x);
    for (std::size_t c = 0; c < p.size(); ++c) mean[c] += p[c] / draws;
  }
  return 1 - *std::ranges::max_element(mean);
}

}  // namespace lacuna::data
