#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::data {

/// What a .npy file says of its array.
struct NpyHeader {
  char byte_order = '|';  ///< '<', '>' or '|'
  char kind = 0;          ///< 'f', 'i', 'u' or 'b'
  std::size_t size = 0;   ///< bytes of a value
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
  std::size_t data_begin = 0;  ///< in the file
};

/// Throws DataError that names the file and the byte where `bytes` do not begin with a header.
NpyHeader parse_npy_header(const std::string& path, std::string_view bytes);

}  // namespace lacuna::data
