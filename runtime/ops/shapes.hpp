#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

#include "runtime/program/program.hpp"

/// What ops ask of the values they are given, and make of their shapes.
namespace lacuna::ops {

/// Throws std::logic_error that names the op where the numbers differ.
inline void check(std::string_view op, std::string_view what, std::int64_t found,
                  std::int64_t wanted) {
  if (found == wanted) return;
  throw std::logic_error(fmt::format("{}: {} {}, {} wanted", op, found, what, wanted));
}

/// A result with as many rows as x: the batch's, or all that x has.
inline Variable rows_like(Program& program, const Variable& x, std::int64_t columns) {
  if (x.node()->extent == Extent::rows) return program.rows({columns});
  return program.whole({x.tensor().shape().at(0), columns});
}

/// A result of the shape of x, whatever its rank.
inline Variable like(Program& program, const Variable& x) {
  if (x.node()->extent == Extent::rows) return program.rows({x.columns()});
  return program.whole(x.tensor().shape());
}

}  // namespace lacuna::ops
