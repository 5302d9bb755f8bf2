#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "experiments/tasks/rows/row_families.hpp"
#include "runtime/config/fields.hpp"

namespace lacuna::experiments {

class TaskKind;

/// The "evaluate" part of experiments that learn codes of rows.
struct RepresentationConfig {
  static constexpr std::string_view tag = "representation";
  bool test = true;
  std::optional<double> active_above;
  bool probe = true;
  std::int64_t probe_rows_per_class = 0;
  int probe_every = 0;

  using Data = RowFamily;  ///< what it takes

  void leave_test_alone() { test = false; }

  template <class V>
  static void fields(V& v) {
    using S = RepresentationConfig;
    v(&S::test, "test",
      "look at the test rows once, when training has ended; false: never, for searches");
    v(&S::active_above, "active_above",
      "a unit is active where it is above that; absent: 0, and 0.5 for probabilities");
    v(&S::probe, "probe",
      "whether a logistic regression of the classes on codes is fitted, its L2 chosen on "
      "validation rows; not where rows have no classes");
    v(&S::probe_rows_per_class, "probe_rows_per_class", config::range(0, 2147483647),
      "training rows of each class that it is fitted on; 0 = all");
    v(&S::probe_every, "probe_every", config::range(0, 1e9),
      "fit it each so many epochs, and let its validation error choose the epoch; 0 = the "
      "reconstruction chooses, the pseudo-likelihood where a model has one, or for want of both "
      "the model's loss on validation rows");
  }
};

const TaskKind& task_kind(const RepresentationConfig& config);

}  // namespace lacuna::experiments
