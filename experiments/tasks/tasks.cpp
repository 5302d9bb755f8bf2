#include "experiments/tasks/tasks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/error.hpp"

namespace lacuna::experiments {

const TaskKind& kind_of(const EvaluateConfig& config) {
  return std::visit([](const auto& task) -> const TaskKind& { return task_kind(task); }, config);
}

std::vector<const TaskKind*> task_kinds() {
  std::vector<const TaskKind*> kinds;
  for_each_alternative<EvaluateConfig>(
      [&](const auto& task) { kinds.push_back(&task_kind(task)); });
  return kinds;
}

const TaskKind& kind_of_resolved(const config::Json& resolved) {
  const config::Json* evaluate = resolved.find("evaluate");
  const config::Json* type =
      evaluate != nullptr && evaluate->is_object() ? evaluate->find("type") : nullptr;
  if (type == nullptr) return kind_of(EvaluateConfig{});
  const std::vector<const TaskKind*> kinds = task_kinds();
  const auto found = std::ranges::find(kinds, type->as_string(), &TaskKind::name);
  if (found != kinds.end()) return **found;
  throw ConfigError(fmt::format("{}: evaluate.type: there is no task {}",
                                config::to_string(type->place()), config::dump(*type, 0)));
}

std::unique_ptr<Task> make_task(DeviceContext& context, const DataConfig& data,
                                const EvaluateConfig& evaluate, const data::LoadOptions& options) {
  return kind_of(evaluate).load(context, data, options);
}

}  // namespace lacuna::experiments
