#pragma once

#include <string>

#include "runtime/data/field.hpp"

/// Files of arrays as fields of a data set.
namespace lacuna::data {

struct ImageRows {
  DenseArray rows;
  std::string path;
  std::string checksum;
};

/// Classes as their files number them.
struct ImageLabels {
  std::vector<std::int64_t> number;
  std::string path;
  std::string checksum;
};

/// Throw DataError that names the file where it is damaged or no array of rows or of classes.
/// Either, by its first bytes.
ImageRows read_rows(const std::string& path, std::uint64_t max_bytes);
ImageRows read_idx_rows(const std::string& path, std::uint64_t max_bytes);
ImageLabels read_idx_labels(const std::string& path, std::uint64_t max_bytes);
ImageRows read_npy_rows(const std::string& path, std::uint64_t max_bytes);
ImageLabels read_npy_labels(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
