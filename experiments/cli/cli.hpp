#pragma once

#include <string>
#include <vector>

namespace lacuna::experiments {

/// The `lacuna` program: runs the command in `arguments` (the program's name first) and returns its
/// exit code. Errors are printed to standard error.
int run_program(const std::vector<std::string>& arguments);

}  // namespace lacuna::experiments
