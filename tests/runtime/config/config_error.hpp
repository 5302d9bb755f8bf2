#pragma once

#include <string>

#include "runtime/error.hpp"

namespace lacuna::config {

/// The message of the ConfigError that `f` throws, "" when it throws none.
template <class F>
std::string config_error(F f) {
  try {
    f();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

}  // namespace lacuna::config
