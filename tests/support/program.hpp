#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::testing {

/// How a program ended and what it wrote.
struct ProgramResult {
  int exit_code = 0;  ///< 128 + the signal's number where one ended it, as shells say it
  std::string out;
  std::string err;
};

/// A program, running with `folder` as its working directory; killed at the end of the scope if it
/// still runs.
class RunningProgram {
 public:
  RunningProgram(std::string program, const std::vector<std::string>& arguments,
                 const std::filesystem::path& folder);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void signal(int number) const;
  bool running();

  /// Waits for its end; past `limit` it is killed, which is a test failure.
  ProgramResult wait(std::chrono::seconds limit = std::chrono::seconds(120));

 private:
  TemporaryFolder streams_;
  pid_t child_ = 0;
  bool ended_ = false;
  int status_ = 0;
};

/// Runs the built `lacuna` with these arguments to its end.
inline ProgramResult run_lacuna(const std::vector<std::string>& arguments,
                                const std::filesystem::path& folder) {
  return RunningProgram(lacuna_program(), arguments, folder).wait();
}

}  // namespace lacuna::testing
