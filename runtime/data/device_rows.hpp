#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>

#include "runtime/sparse/csr_matrix.hpp"

namespace lacuna {

/// Dense rows on a device.
struct DenseRows {
  Tensor value;      ///< [rows, ...]: floating-point numbers, or bytes
  double scale = 1;  ///< what 1 of bytes is worth
  Tensor observed;  ///< bits, uint8 [rows, ceil(columns / 8)], 1 where observed; undefined: all are
};

/// Classes of rows on a device.
struct LabelRows {
  Tensor label;  ///< int32 [rows]; -1: not known
  std::int64_t classes = 0;
};

using DeviceField = std::variant<CsrMatrix, DenseRows, LabelRows>;

/// Named fields of equally many rows, on a device. Two names may mean one field, as input and
/// target of an autoencoder do.
struct DeviceRows {
  std::int64_t rows = 0;
  std::map<std::string, std::shared_ptr<const DeviceField>, std::less<>> fields;

  void set(std::string name, std::shared_ptr<const DeviceField> field) {
    fields[std::move(name)] = std::move(field);
  }
};

}  // namespace lacuna
