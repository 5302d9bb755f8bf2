#pragma once

#include <signal.h>

namespace lacuna::system {

/// While it lives, SIGINT, SIGTERM and SIGUSR1 (a batch system's or a parent's notice) ask the work
/// to stop instead of ending the process; a second SIGINT or SIGTERM ends it at once with 130. One
/// at a time per process.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  /// Whether a signal has come since construction.
  bool interrupted() const;

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
  struct sigaction old_notice_ {};
};

}  // namespace lacuna::system
