#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "experiments/tasks/probe/probe_config.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/data/counts/counts_config.hpp"

namespace lacuna::experiments {

class TaskKind;

/// The "evaluate" part of experiments that fill in what was not found.
struct ImputationConfig {
  static constexpr std::string_view tag = "imputation";
  bool test = true;
  std::optional<ProbeConfig> probe;

  using Data = std::variant<data::CountsSource>;  ///< what it takes

  void leave_test_alone() {
    test = false;
    probe.reset();
  }

  template <class V>
  static void fields(V& v) {
    v(&ImputationConfig::test, "test",
      "look at the hidden test values once, when training has ended; false: never, for searches");
    v(&ImputationConfig::probe, "probe",
      "measure and draw how predictions move with the number of genes found in the cell");
  }
};

const TaskKind& task_kind(const ImputationConfig& config);

}  // namespace lacuna::experiments
