#pragma once

#include <string_view>
#include <variant>

#include "runtime/config/fields.hpp"
#include "runtime/data/images/image_config.hpp"

namespace lacuna::experiments {

class TaskKind;

/// The "evaluate" part of experiments that learn how probable rows are.
struct DensityConfig {
  static constexpr std::string_view tag = "density";
  bool test = true;

  /// What it takes: arrays that may be rows of 0 and 1.
  using Data = std::variant<data::AmatSource, data::NpySource, data::IdxSource>;

  void leave_test_alone() { test = false; }

  template <class V>
  static void fields(V& v) {
    v(&DensityConfig::test, "test",
      "look at the test rows once, when training has ended; false: never, for searches");
  }
};

const TaskKind& task_kind(const DensityConfig& config);

}  // namespace lacuna::experiments
