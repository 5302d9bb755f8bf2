#include "experiments/report/same_test.hpp"

#include "experiments/report/record.hpp"

namespace lacuna::experiments::report {

std::string test_identity(const TaskKind& kind, const config::Json& resolved,
                          const config::Json& data) {
  std::string key = text_at(data, "checksum");
  for (const std::string& path : kind.report_texts().same_test) {
    key += " " + text_at(data, path) + " " + text_at(resolved, path);
  }
  return key;
}

}  // namespace lacuna::experiments::report
