#pragma once

#include <signal.h>

#include <array>

namespace lacuna::system {

/// While it lives, SIGINT, SIGTERM, SIGHUP (a closed terminal) and SIGUSR1 (a batch system's or a
/// parent's notice) ask the work to stop instead of ending the process; a second SIGINT or SIGTERM
/// ends it at once with 130. One that was ignored before stays ignored: so nohup and shells say
/// that it is not meant for this process. One guard at a time per process.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  /// Whether a signal has come since construction.
  bool interrupted() const;

 private:
  static constexpr std::array numbers_{SIGINT, SIGTERM, SIGHUP, SIGUSR1};
  std::array<struct sigaction, numbers_.size()> before_{};
};

}  // namespace lacuna::system
