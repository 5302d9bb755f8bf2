#pragma once

#include <string>

#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments::report {

/// What must agree before test scores of two runs of a task may be subtracted, seed by seed, by
/// its own list (ReportTexts::same_test). `resolved`: the configuration, or its parts "data" and
/// "evaluate"; `data`: the run's data.json, null where there is none.
std::string test_identity(const TaskKind& kind, const config::Json& resolved,
                          const config::Json& data);

}  // namespace lacuna::experiments::report
