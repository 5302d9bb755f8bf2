#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "experiments/tasks/rows/row_families.hpp"
#include "runtime/config/fields.hpp"

namespace lacuna::experiments {

class TaskKind;

/// What chooses the best epoch of a classifier, on validation rows.
enum class ClassificationMetric { nll, error_rate, accuracy, auroc, auprc };

/// The "evaluate" part of experiments that tell classes of rows.
struct ClassificationConfig {
  static constexpr std::string_view tag = "classification";
  bool test = true;
  ClassificationMetric choose_by = ClassificationMetric::nll;
  bool layer_sparsity = false;

  using Data = RowFamily;  ///< what it takes

  void leave_test_alone() { test = false; }

  template <class V>
  static void fields(V& v) {
    using S = ClassificationConfig;
    v(&S::test, "test",
      "look at the test rows once, when training has ended; false: never, for searches");
    v(&S::choose_by, "choose_by", "the score of validation rows that chooses the best epoch");
    v(&S::layer_sparsity, "layer_sparsity",
      "measure how many of the first hidden layer's units are 0 in a test row, before training and "
      "after it");
  }
};

const TaskKind& task_kind(const ClassificationConfig& config);

}  // namespace lacuna::experiments

template <>
struct lacuna::config::EnumNames<lacuna::experiments::ClassificationMetric> {
  using E = lacuna::experiments::ClassificationMetric;
  static constexpr std::array<std::pair<std::string_view, E>, 5> values{
      {{"nll", E::nll},
       {"error_rate", E::error_rate},
       {"accuracy", E::accuracy},
       {"auroc", E::auroc},
       {"auprc", E::auprc}}};
};
