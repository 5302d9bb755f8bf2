#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::experiments {

/// A row of a paper's table, and the shipped experiment that repeats cells of it.
struct PaperExperiment {
  std::filesystem::path file;
  std::string name;  ///< the file's, without .json
  std::string table;
  std::string row;
  bool quick = false;  ///< as in PaperConfig
  std::string home;    ///< the first table that the experiment names, in whose folder its runs are
};

/// Where the project's own ledgers are (ledger.hpp).
std::filesystem::path shipped_results();

/// All of them, by table, then in order of their paths. Throws ConfigError where the folder they
/// were built with is gone.
std::vector<PaperExperiment> paper_experiments();

}  // namespace lacuna::experiments
