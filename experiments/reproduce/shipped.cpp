#include "experiments/reproduce/shipped.hpp"

#include <algorithm>

#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

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
    found.push_back({entry.path(), entry.path().stem().string(), paper->at("table").as_string(),
                     paper->at("row").as_string()});
  }
  std::ranges::sort(found, {}, &PaperExperiment::file);
  return found;
}

}  // namespace lacuna::experiments
