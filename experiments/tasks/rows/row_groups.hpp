#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/data/field.hpp"

namespace lacuna::experiments {

/// The rows of one group of a part, with what a model says of them.
struct RowGroup {
  std::string name;            ///< "dense", "sparse"
  data::DataSet rows;          ///< the part's fields but for the inputs and the groups
  std::vector<float> outputs;  ///< [rows, columns]
};

/// The rows of a part with a field "group" (injected_holes.hpp), by group; groups without rows are
/// left out. `outputs`: [rows, columns]. Empty where the part has no groups.
std::vector<RowGroup> by_group(const data::DataSet& part, std::span<const float> outputs);

/// The mean of each column of outputs [rows, columns], over the rows.
std::vector<double> column_means(std::span<const float> outputs, std::size_t columns);

}  // namespace lacuna::experiments
