#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/tables/table_rows.hpp"

/// CSV files that runs have written themselves, read back.
namespace lacuna::experiments {

/// A row of such a file. Its members throw DataError that names the line for what is not there.
class OwnRow {
 public:
  explicit OwnRow(const data::TableRow& row) : row_(row) {}

  double number(std::size_t field) const;
  std::int32_t count(std::size_t field) const;  ///< whole, from 0 on
  std::string text(std::size_t field) const;
  /// What is wrong with a field.
  data::RowError error(std::size_t field, std::string_view what) const;

 private:
  const data::TableRow& row_;
};

/// Calls visit with each row; a file that the program did not write is an IoError.
void read_own_csv(const std::filesystem::path& file,
                  const std::function<void(const OwnRow&)>& visit);

}  // namespace lacuna::experiments
