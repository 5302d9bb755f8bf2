#pragma once

#include <exception>
#include <string>

#include "runtime/error.hpp"

namespace lacuna {

/// An exception as people and programs are told of it.
struct Failure {
  ExitCode code = ExitCode::internal;
  std::string text;
};

/// Of any exception but those of a command line. What is no Error is told with what to do, or as
/// an internal error.
Failure failure_of(const std::exception_ptr& error);

}  // namespace lacuna
