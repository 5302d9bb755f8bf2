#pragma once

#include <cstdint>
#include <string>

#include "runtime/data/counts/count_matrix.hpp"

namespace lacuna::data {

/// Whether a file is a zip of arrays.
bool is_npz(const std::string& path);

/// A sparse matrix that scipy.sparse.save_npz() wrote, CSR or CSC, or the one array that
/// numpy.savez() did. Throws DataError that names the array: damaged, of other kinds, pointers and
/// indices that do not fit, values that are no counts, more than `max_bytes` uncompressed.
CountMatrix read_npz(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
