#pragma once

#include <memory>
#include <vector>

#include "experiments/tasks/task_kind.hpp"

namespace lacuna::experiments {

/// The kind that a config chooses.
const TaskKind& kind_of(const EvaluateConfig& config);
/// All of them, in the order of EvaluateConfig.
std::vector<const TaskKind*> task_kinds();
/// The kind of a run by its resolved.json. Throws ConfigError for one that there is not.
const TaskKind& kind_of_resolved(const config::Json& resolved);

/// The task that `evaluate` chooses on the data, read and split. Throws DataError, ConfigError.
std::unique_ptr<Task> make_task(DeviceContext& context, const DataConfig& data,
                                const EvaluateConfig& evaluate, const data::LoadOptions& options);

}  // namespace lacuna::experiments
