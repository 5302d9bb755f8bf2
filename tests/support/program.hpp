#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace lacuna::testing {

/// How a program ended and what it wrote.
struct ProgramResult {
  int exit_code = 0;  ///< 128 + the signal's number where one ended it, as shells say it
  std::string out;
  std::string err;
};

/// The built `lacuna`, running with `folder` as its working directory; killed at the end of the
/// scope if it still runs.
class RunningProgram {
 public:
  RunningProgram(const std::vector<std::string>& arguments, const std::filesystem::path& folder);
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

/// Runs `lacuna` with these arguments to its end.
ProgramResult run_lacuna(const std::vector<std::string>& arguments,
                         const std::filesystem::path& folder);

}  // namespace lacuna::testing
