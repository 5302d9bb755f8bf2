#pragma once

#include <stdexcept>
#include <string>

namespace lacuna {

/// The program's documented exit codes.
enum class ExitCode : int {
  ok = 0,
  internal = 1,
  usage = 2,         ///< command line, configuration, unavailable device
  data = 3,          ///< missing or damaged data
  non_finite = 4,    ///< NaN or Inf in the loss or a gradient
  io = 5,            ///< I/O error, damaged checkpoint
  preempted = 75,    ///< asked to stop, and saved so that it can be resumed
  interrupted = 130  ///< Ctrl-C with nothing saved, or a second one
};

/// An error a user can act on; the message names the file, line or key and what to do.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

struct ConfigError : Error {
  explicit ConfigError(const std::string& message) : Error(ExitCode::usage, message) {}
};
struct DataError : Error {
  explicit DataError(const std::string& message) : Error(ExitCode::data, message) {}
};
struct NonFiniteError : Error {
  explicit NonFiniteError(const std::string& message) : Error(ExitCode::non_finite, message) {}
};
struct IoError : Error {
  explicit IoError(const std::string& message) : Error(ExitCode::io, message) {}
};

}  // namespace lacuna
