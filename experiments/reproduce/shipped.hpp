#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::experiments {

/// A shipped experiment that repeats cells of a paper.
struct PaperExperiment {
  std::filesystem::path file;
  std::string name;  ///< the file's, without .json
  std::string table;
  std::string row;
};

/// All of them, in order of their paths. Throws ConfigError where the folder they were built with
/// is gone.
std::vector<PaperExperiment> paper_experiments();

}  // namespace lacuna::experiments
