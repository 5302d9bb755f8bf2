#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/ratings/file_format.hpp"

namespace lacuna::data {

/// Whether a line has a name of any column, so that it is a header.
bool names_any(const FileFormat& format, const std::vector<std::string>& names);

/// Whether a header has a name of each column that is always wanted.
bool names_all(const FileFormat& format, const std::vector<std::string>& names);

/// Where the wanted columns stand, by the names of a header or, without names, by their numbers.
/// Throws RowError, in `row`: a column that is not there, with the key to set and what to set it
/// to, a name that occurs twice, a number beyond the row.
class ColumnFinder {
 public:
  /// `names` are empty where there is no header; `count`: the columns of a row. All stay.
  ColumnFinder(const FileFormat& format, std::string_view row,
               const std::vector<std::string>& names, std::size_t count)
      : format_(format), row_(row), names_(names), count_(count) {}

  std::size_t place(const WantedColumn& column) const;

 private:
  [[noreturn]] void refuse(const WantedColumn& column) const;
  std::string advice(const WantedColumn& column) const;

  const FileFormat& format_;
  std::string_view row_;
  const std::vector<std::string>& names_;
  std::size_t count_;
};

}  // namespace lacuna::data
