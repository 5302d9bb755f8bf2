#pragma once

#include <string_view>
#include <variant>

#include "runtime/config/fields.hpp"
#include "runtime/data/counts/counts_config.hpp"

namespace lacuna::experiments {

class TaskKind;

/// The "evaluate" part of experiments that fill in what was not found.
struct ImputationConfig {
  static constexpr std::string_view tag = "imputation";
  bool test = true;

  using Data = std::variant<data::CountsSource>;  ///< what it takes

  void leave_test_alone() { test = false; }

  template <class V>
  static void fields(V& v) {
    v(&ImputationConfig::test, "test",
      "look at the hidden test values once, when training has ended; false: never, for searches");
  }
};

const TaskKind& task_kind(const ImputationConfig& config);

}  // namespace lacuna::experiments
