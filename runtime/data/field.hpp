#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/data/csr_arrays.hpp"

/// Data in host memory, of the kinds that models read. Row r of one field belongs to row r of all
/// others.
namespace lacuna::data {

/// Which cells of a row-major matrix are observed: ceil(columns / 8) bytes a row, column c is bit
/// c % 8 (from the lowest) of byte c / 8, 1 = observed. Empty: all are.
using CellMask = std::vector<std::uint8_t>;

constexpr std::int64_t mask_row_bytes(std::int64_t columns) {
  return (columns + 7) / 8;
}
bool is_observed(const CellMask& mask, std::int64_t columns, std::int64_t row, std::int64_t column);
/// The mask must not be empty.
void set_observed(CellMask& mask, std::int64_t columns, std::int64_t row, std::int64_t column);

/// Numbers or bytes of any shape per row. A cell that is not observed holds 0.
struct DenseArray {
  std::int64_t rows = 0;
  std::vector<std::int64_t> shape;                                     ///< of one row
  std::variant<std::vector<float>, std::vector<std::uint8_t>> values;  ///< [rows, shape...]
  CellMask mask;                                                       ///< [rows, columns()]
  double byte_unit = 1;                                                ///< what 1 of bytes is worth

  std::int64_t columns() const;  ///< values per row
  /// [columns()], bytes in their unit.
  void put_row(std::int64_t row, std::span<float> into) const;
  bool observed(std::int64_t row, std::int64_t column) const {
    return is_observed(mask, columns(), row, column);
  }
  /// Makes a cell one that is not observed; the mask must not be empty.
  void hide(std::int64_t row, std::int64_t column);
};

/// A class per row.
struct Labels {
  std::vector<std::int32_t> value;   ///< index into `classes`, -1 = unknown
  std::vector<std::string> classes;  ///< their names
};

/// Sequences of several quantities, of which each row has its own length.
struct Series {
  std::int64_t rows = 0;
  std::int64_t steps = 0;
  std::int64_t columns = 0;
  std::vector<float> values;         ///< [rows, steps, columns]
  CellMask mask;                     ///< [rows, steps * columns]
  std::vector<std::int64_t> length;  ///< [rows]; steps from there on mean nothing

  bool observed(std::int64_t row, std::int64_t step, std::int64_t column) const {
    return is_observed(mask, steps * columns, row, step * columns + column);
  }
};

using Field = std::variant<CsrArrays, DenseArray, Labels, Series>;

std::int64_t rows_of(const Field& field);

/// Fields of equally many rows by their names: "input", "target", "weight".
struct DataSet {
  std::map<std::string, Field> fields;
  std::string source;    ///< the file's path, or the generator's name
  std::string checksum;  ///< xxh3-128 in hex of the uncompressed file, or of the generated arrays

  std::int64_t rows() const { return fields.empty() ? 0 : rows_of(fields.begin()->second); }
};

/// What a model is trained on, chosen by and judged on.
struct SplitData {
  DataSet train;
  DataSet validation;
  DataSet test;
};

/// The given rows in the given order.
Field take_rows(const Field& field, std::span<const std::int64_t> rows);
DataSet take_rows(const DataSet& data, std::span<const std::int64_t> rows);

}  // namespace lacuna::data
