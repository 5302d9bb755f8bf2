#pragma once

#include <string_view>

#include "experiments/tasks/rows/row_families.hpp"
#include "runtime/config/fields.hpp"

namespace lacuna::experiments {

class TaskKind;

/// The "evaluate" part of experiments that predict a number of each row.
struct RegressionConfig {
  static constexpr std::string_view tag = "regression";
  bool test = true;

  using Data = TableFamily;  ///< what it takes

  void leave_test_alone() { test = false; }

  template <class V>
  static void fields(V& v) {
    v(&RegressionConfig::test, "test",
      "look at the test rows once, when training has ended; false: never, for searches");
  }
};

const TaskKind& task_kind(const RegressionConfig& config);

}  // namespace lacuna::experiments
