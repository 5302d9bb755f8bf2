#pragma once

#include <stdlib.h>

#include <string>

namespace lacuna::testing {

/// Sets a variable of the environment and restores it.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const std::string& value) : name_(name), old_(::getenv(name)) {
    ::setenv(name, value.c_str(), 1);
  }
  ~ScopedVariable() { ::setenv(name_, old_.c_str(), 1); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::string old_;
};

}  // namespace lacuna::testing
