#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/field.hpp"

/// What `lacuna data` says of rows.
namespace lacuna::experiments {

/// How many cells of each row are not 0; what is missing is 0.
std::vector<std::int64_t> non_zeros_of(const data::DenseArray& input);

/// A table for people: of each part the rows, the columns, and the shares of cells that are not 0
/// and that are missing.
std::string describe_parts(const data::SplitData& split);

}  // namespace lacuna::experiments
