#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/file_bytes.hpp"

namespace lacuna::data {

/// An array of bytes in the IDX format of MNIST (LeCun, Cortes, Burges): two zero bytes, the type,
/// the number of extents, the extents as big-endian 32-bit numbers, then the values, row-major.
struct IdxArray {
  std::vector<std::int64_t> shape;
  std::vector<std::uint8_t> values;
  std::string checksum;  ///< of the uncompressed file
};

/// Plain or gzip. Throws DataError that names the file and the byte for what is no IDX file of
/// bytes, and for one that ends too early or too late.
IdxArray read_idx(const std::string& path, std::uint64_t max_bytes);
IdxArray parse_idx(const FileBytes& file);

}  // namespace lacuna::data
