#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/data/file_bytes.hpp"

namespace lacuna::data {

/// An array of NumPy's .npy format, row-major whatever its order in the file.
struct NpyArray {
  std::vector<std::int64_t> shape;
  /// Floating-point numbers of any size, unsigned bytes, booleans (as bytes), other integers.
  std::variant<std::vector<float>, std::vector<std::uint8_t>, std::vector<std::int64_t>> values;
  bool boolean = false;
  std::string checksum;  ///< of the uncompressed file
};

/// Reads format versions 1 to 3, in C and in Fortran order, of bool, integers of 1 to 8 bytes and
/// float32, float64 in either byte order; plain or gzip. Throws DataError that names the file and
/// the place in it for anything else, and for numbers that float32 or int64 cannot hold.
NpyArray read_npy(const std::string& path, std::uint64_t max_bytes);
NpyArray parse_npy(const FileBytes& file);

/// The bytes of a float32 file in C order, version 1.
std::string npy_bytes(std::span<const std::int64_t> shape, std::span<const float> values);

}  // namespace lacuna::data
