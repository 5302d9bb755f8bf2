#pragma once

#include <memory>

#include "runtime/data/device_rows.hpp"

namespace lacuna {

/// Rows of which some cells are known and others asked for.
inline DeviceRows asked_of(const CsrMatrix& known, const CsrMatrix& asked) {
  DeviceRows rows{.rows = known.rows(), .fields = {}};
  rows.set("input", std::make_shared<const DeviceField>(known));
  rows.set("target", std::make_shared<const DeviceField>(asked));
  return rows;
}

/// Rows that are trained on, each from itself.
inline DeviceRows rows_from_themselves(const CsrMatrix& matrix) {
  DeviceRows rows{.rows = matrix.rows(), .fields = {}};
  rows.set("input", std::make_shared<const DeviceField>(matrix));
  rows.set("target", rows.fields.at("input"));
  return rows;
}

}  // namespace lacuna
