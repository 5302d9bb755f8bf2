#pragma once

#include <string>

#include "experiments/experiment.hpp"
#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments::report {

/// What must agree before test scores of two runs of a task may be subtracted, seed by seed, by
/// its own list (ReportTexts::same_test). `resolved`: the configuration, or its parts "data" and
/// "evaluate"; `data`: the run's data.json, null where there is none.
std::string test_identity(const TaskKind& kind, const config::Json& resolved,
                          const config::Json& data);

/// The same of a run that need not have been begun: its data are told by path, or by all that
/// generates them.
std::string test_identity(const Experiment& experiment);

}  // namespace lacuna::experiments::report
