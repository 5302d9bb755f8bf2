#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::data {

/// A text of rows of 0 and 1, a line each, blanks or tabs between the numbers: binarised MNIST as
/// its authors publish it (.amat), or what np.savetxt writes.
struct AmatArray {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<std::uint8_t> values;  ///< [rows, columns], 0 or 1
  std::string checksum;              ///< of the uncompressed file
};

/// Plain or packed. Throws DataError "path:line: column c: ..." for other values, for lines of
/// different lengths and for a file without any, and as open_text().
AmatArray read_amat(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
