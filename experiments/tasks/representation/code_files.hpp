#pragma once

#include "experiments/tasks/rows/array_files.hpp"
#include "runtime/data/field.hpp"
#include "runtime/metrics/codes.hpp"

namespace lacuna::experiments {

inline constexpr std::string_view units_file = "units.csv";
inline constexpr std::string_view active_file = "active_units.csv";
inline constexpr std::string_view filters_file = "filters.npy";
inline constexpr std::string_view reconstructions_file = "reconstructions.npy";

/// What a run keeps of the codes of its test rows: units.csv, unit,rate,mean; active_units.csv,
/// active,rows; and, as far as the model has them, arrays in the shape of a row: filters.npy, of up
/// to 100 units, reconstructions.npy, [2, rows, ...] of up to 20 rows and what they are
/// reconstructed as, samples.npy, of up to 100, from
/// chains that begin at training rows.
std::vector<NamedFile> code_files(DeviceContext& context, Model& model,
                                  const data::SplitData& split,
                                  const metrics::CodeStatistics& code);

}  // namespace lacuna::experiments
