#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/tasks/task.hpp"
#include "runtime/data/csr_arrays.hpp"

namespace lacuna::experiments {

inline constexpr std::string_view error_by_count_file = "error_by_count.csv";

/// Test ratings whose rows have between `from` and `to` training ratings.
struct CountBin {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t pairs = 0;
  double mean_known = 0;  ///< training ratings of the rows, over pairs
  double rmse = 0;
  friend bool operator==(const CountBin&, const CountBin&) = default;
};

/// The error by how much is known of a row: 0, 1, 2-3, 4-7 ... training ratings; bins without test
/// ratings are left out. One prediction per test rating, in their order; one of `known` per row.
std::vector<CountBin> error_by_count(const data::CsrArrays& test,
                                     std::span<const std::int64_t> known,
                                     std::span<const float> prediction);

/// Of several runs of a variant: pairs add up, errors in the mean of their squares.
std::vector<CountBin> pooled(const std::vector<std::vector<CountBin>>& runs);

NamedFile file_of(const std::vector<CountBin>& bins);
/// Throws IoError that names the line where the file is damaged.
std::vector<CountBin> read_error_by_count(const std::filesystem::path& file);

}  // namespace lacuna::experiments
