#include "experiments/tasks/rows/row_groups.hpp"

#include "runtime/data/tables/injected_holes.hpp"

namespace lacuna::experiments {

namespace {

RowGroup take_group(std::string name, const data::DataSet& part, std::span<const std::int64_t> rows,
                    std::span<const float> outputs) {
  RowGroup group{std::move(name), {{}, part.source, part.checksum}, {}};
  for (const auto& [field, values] : part.fields) {
    if (field == "input" || field == data::group_field) continue;  // wide, and known
    group.rows.fields.emplace(field, take_rows(values, rows));
  }
  const std::size_t columns = outputs.size() / static_cast<std::size_t>(part.rows());
  for (const std::int64_t row : rows) {
    const auto begin = outputs.begin() + row * static_cast<std::int64_t>(columns);
    group.outputs.insert(group.outputs.end(), begin, begin + static_cast<std::int64_t>(columns));
  }
  return group;
}

}  // namespace

std::vector<RowGroup> by_group(const data::DataSet& part, std::span<const float> outputs) {
  const auto found = part.fields.find(std::string(data::group_field));
  if (found == part.fields.end()) return {};
  const auto& labels = std::get<data::Labels>(found->second);
  std::vector<RowGroup> groups;
  for (std::size_t g = 0; g < labels.classes.size(); ++g) {
    std::vector<std::int64_t> rows;
    for (std::size_t r = 0; r < labels.value.size(); ++r) {
      if (labels.value[r] == static_cast<std::int32_t>(g)) {
        rows.push_back(static_cast<std::int64_t>(r));
      }
    }
    if (!rows.empty()) groups.push_back(take_group(labels.classes[g], part, rows, outputs));
  }
  return groups;
}

std::vector<double> column_means(std::span<const float> outputs, std::size_t columns) {
  std::vector<double> means(columns);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    means[i % columns] += static_cast<double>(outputs[i]);
  }
  for (double& mean : means) mean /= static_cast<double>(outputs.size() / columns);
  return means;
}

}  // namespace lacuna::experiments
