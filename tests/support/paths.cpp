#include "tests/support/paths.hpp"

namespace lacuna::testing {

std::filesystem::path source_folder() {
  return LACUNA_SOURCE_DIR;
}

std::vector<std::filesystem::path> shipped_experiments() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(source_folder() / "experiments")) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  return files;
}

std::string lacuna_program() {
  return LACUNA_PROGRAM;
}

std::string faults_program() {
  return LACUNA_FAULTS;
}

}  // namespace lacuna::testing
