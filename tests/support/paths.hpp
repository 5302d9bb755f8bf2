#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::testing {

/// Where the repository is, and where the build has put the programs that tests run. Compiled into
/// one file, so that the others are the same in every build folder.
std::filesystem::path source_folder();
std::string lacuna_program();
std::string faults_program();

/// Every experiment that is shipped, JSON files.
std::vector<std::filesystem::path> shipped_experiments();

}  // namespace lacuna::testing
