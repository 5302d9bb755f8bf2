#pragma once

#include <functional>
#include <string>
#include <vector>

namespace lacuna::experiments {

class KnownRuns;

/// How a launch talks to the person or program that started it.
struct LaunchOptions {
  bool quiet = false;    ///< no progress, no remarks
  bool verbose = false;  ///< a line per epoch in place of the progress bar
  std::vector<std::string> command_line = {};
  std::function<bool()> stop = [] { return false; };  ///< asked as signals are
  bool keep_going = false;     ///< after a run that failed, also where it is the only one
  bool try_again = false;      ///< what failed before for a reason outside of its settings
  KnownRuns* known = nullptr;  ///< what need not be trained again, and where finished runs go

  void remark(const std::string& text) const;
};

}  // namespace lacuna::experiments
