#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/data/field.hpp"
#include "runtime/data/tables/table_config.hpp"

namespace lacuna::data {

/// The field that says which rows lost few cells and which lost many: Labels "dense" and "sparse".
inline constexpr std::string_view group_field = "group";

/// The columns of `array`, floats, `copies` times side by side: column c of copy k is
/// k * columns + c.
DenseArray repeat_columns(const DenseArray& array, std::int64_t copies);

/// Hides observed cells of the field "input", floats, each with the probability of its row's
/// group, and adds the field "group": a random half of the part's rows is sparse, an odd one is
/// dense. `rows` are the part's rows by their numbers in the table, `part` is the part's own
/// number. What a row loses depends on the seed, its group and its number alone.
void inject_holes(DataSet& data, std::span<const std::int64_t> rows, std::uint32_t part,
                  const HolesConfig& holes, std::uint64_t seed);

}  // namespace lacuna::data
