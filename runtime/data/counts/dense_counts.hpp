#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/data/counts/count_matrix.hpp"
#include "runtime/data/images/npy_file.hpp"

namespace lacuna::data {

/// What is said of a text of numbers; absent: found.
struct DenseLayout {
  std::optional<bool> header;     ///< whether the first line names the columns
  std::optional<bool> row_names;  ///< whether the first field of a row is its name
};

/// A matrix written out, in fields between commas, tabs, semicolons or blanks, with or without
/// names. A header may lack the corner's field, as R writes it. Throws DataError that names the
/// line: rows of other lengths, fields that are no counts, and where numbers might be names.
CountMatrix read_dense_text(const std::string& path, const DenseLayout& layout,
                            std::uint64_t max_bytes);

/// Throws DataError unless the array has two sides and holds counts.
CountMatrix counts_of(const NpyArray& array, const std::string& path);

}  // namespace lacuna::data
