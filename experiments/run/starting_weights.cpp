#include "experiments/run/starting_weights.hpp"

#include <fmt/format.h>

#include "experiments/run/run_files.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

fs::path weights_file_of(const std::string& given) {
  const fs::path path = fs::absolute(io::expand_home(given));
  if (fs::is_regular_file(path)) return path;
  if (!fs::is_directory(path)) {
    throw IoError(
        fmt::format("{}: model.weights: no such file; name a safetensors file or a run's folder",
                    path.string()));
  }
  const StoredRuns found = find_runs(path);
  if (found.runs.size() == 1) return found.runs.front().folder / weights_file;
  throw IoError(fmt::format("{}: model.weights: holds {} runs; name the folder of one",
                            path.string(), found.runs.size()));
}

void find_starting_weights(Plan& plan) {
  for (Variant& variant : plan.variants) {
    auto& weights = models::weights_of(variant.experiment.model);
    if (weights) weights = weights_file_of(*weights).string();
  }
}

}  // namespace lacuna::experiments
