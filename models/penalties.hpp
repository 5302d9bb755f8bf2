#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/program/program.hpp"

/// Penalties on a layer's code, for any layer of any model.
namespace lacuna::models {

/// weight times the mean over rows of sum_j |h_j|.
struct L1Penalty {
  static constexpr std::string_view tag = "l1";
  double weight = 1e-3;

  template <class V>
  static void fields(V& v) {
    v(&L1Penalty::weight, "weight", config::at_least(0),
      "of the sum of a row's units, without their signs, in the mean over rows");
  }
};

/// Every penalty that a configuration can name, each in a line; "type" chooses.
using Penalty = std::variant<L1Penalty>;

/// Records terms of the loss named after the penalties, as "code_l1" for the layer "code"; nothing
/// in programs that have no losses.
void record_penalties(Program& program, const std::vector<Penalty>& penalties, const Variable& code,
                      const std::string& layer);

}  // namespace lacuna::models
