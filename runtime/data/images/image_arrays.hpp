#pragma once

#include <string>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/images/cifar_file.hpp"

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
  std::vector<std::string> names = {};  ///< by number; empty: the numbers are their names
};

/// Throw DataError that names the file where it is damaged or no array of rows or of classes.
/// Any, by its first bytes, or a batch of CIFAR-10 and a text of rows by its name.
ImageRows read_rows(const std::string& path, std::uint64_t max_bytes);
ImageRows cifar_rows(CifarImages images, std::string path, std::string checksum);
ImageRows read_amat_rows(const std::string& path, std::uint64_t max_bytes);
ImageRows read_idx_rows(const std::string& path, std::uint64_t max_bytes);
ImageLabels read_idx_labels(const std::string& path, std::uint64_t max_bytes);
ImageRows read_npy_rows(const std::string& path, std::uint64_t max_bytes);
ImageLabels read_npy_labels(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
