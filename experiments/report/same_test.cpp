#include "experiments/report/same_test.hpp"

#include "experiments/experiment_json.hpp"
#include "experiments/report/record.hpp"
#include "experiments/tasks/tasks.hpp"

namespace lacuna::experiments::report {

std::string test_identity(const TaskKind& kind, const config::Json& resolved,
                          const config::Json& data) {
  std::string key = text_at(data, "checksum");
  for (const std::string& path : kind.report_texts().same_test) {
    key += " " + text_at(data, path) + " " + text_at(resolved, path);
  }
  return key;
}

std::string test_identity(const Experiment& experiment) {
  const config::Json data = to_json(experiment.data);
  const config::Json resolved =
      config::Json::object({{"data", data}, {"evaluate", to_json(experiment.evaluate)}});
  const std::string* path = path_of(experiment.data);
  return test_identity(kind_of(experiment.evaluate), resolved, {}) + " " +
         (path != nullptr ? *path : config::dump(data, 0));
}

}  // namespace lacuna::experiments::report
