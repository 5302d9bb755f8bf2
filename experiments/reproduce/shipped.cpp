#include "experiments/reproduce/shipped.hpp"

#include <algorithm>
#include <tuple>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

fs::path shipped_results() {
  return fs::path(LACUNA_EXPERIMENTS) / "results";
}

std::vector<PaperExperiment> paper_experiments() {
  const fs::path folder(LACUNA_EXPERIMENTS);
  if (!fs::is_directory(folder)) {
    throw ConfigError(folder.string() +
                      ": the experiments are not where the program was built with them");
  }
  std::vector<PaperExperiment> found;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const config::Json json = config::read_json(entry.path());
    const config::Json* paper = json.find("paper");
    if (paper == nullptr) continue;
    for (const config::Json& cells : paper->as_array()) {
      const config::Json* quick = cells.find("quick");
      found.push_back({.file = entry.path(),
                       .name = entry.path().stem().string(),
                       .table = cells.at("table").as_string(),
                       .row = cells.at("row").as_string(),
                       .quick = quick != nullptr && quick->as_bool(),
                       .home = paper->as_array().front().at("table").as_string()});
    }
  }
  std::ranges::sort(found, {},
                    [](const PaperExperiment& each) { return std::tie(each.table, each.file); });
  return found;
}

}  // namespace lacuna::experiments
