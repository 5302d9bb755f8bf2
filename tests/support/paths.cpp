#include "tests/support/paths.hpp"

namespace lacuna::testing {

std::filesystem::path source_folder() {
  return LACUNA_SOURCE_DIR;
}

std::string lacuna_program() {
  return LACUNA_PROGRAM;
}

std::string faults_program() {
  return LACUNA_FAULTS;
}

}  // namespace lacuna::testing
