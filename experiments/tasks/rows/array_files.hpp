#pragma once

#include "experiments/tasks/task.hpp"
#include "runtime/data/field.hpp"

/// Arrays that a run keeps of what its model makes of rows.
namespace lacuna::experiments {

inline constexpr std::string_view samples_file = "samples.npy";

using Extents = std::vector<std::int64_t>;

/// [first..., row...] in NumPy's format.
NamedFile array_file(std::string_view name, Extents first, const Extents& row,
                     std::span<const float> values);

data::DataSet first_rows(const data::DataSet& data, std::int64_t most);

/// [rows, columns]. Throws as Predictor.
std::vector<float> output_of(DeviceContext& context, Model& model, const data::DataSet& rows,
                             Output output);

/// samples.npy: up to 100 new rows, each made beside a training row, in their shape.
NamedFile samples(DeviceContext& context, Model& model, const data::DataSet& train);

}  // namespace lacuna::experiments
