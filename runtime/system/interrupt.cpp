#include "runtime/system/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>

#include "runtime/error.hpp"

namespace lacuna::system {
namespace {

/// When the first signal came, in nanoseconds of the monotonic clock; 0 before. A handler can
/// reach nothing but static storage, hence this one variable of the process.
std::atomic<std::int64_t> first_signal{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

/// timeout(1) and batch systems signal the process and its group: twice within microseconds. No
/// second Ctrl-C comes this fast.
constexpr std::int64_t same_signal_ns = 50'000'000;

void on_signal(int number) {
  const int saved_errno = errno;
  struct timespec time {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  const std::int64_t now = std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  std::int64_t first = 0;
  const bool again = !first_signal.compare_exchange_strong(first, now);
  // A terminal that closes may say so twice, by its shell and on its own.
  const bool insists = number == SIGINT || number == SIGTERM;
  if (again && insists && now - first > same_signal_ns) {
    ::_exit(static_cast<int>(ExitCode::interrupted));
  }
  errno = saved_errno;
}

}  // namespace

InterruptGuard::InterruptGuard() {
  first_signal = 0;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    ::sigaction(numbers_[i], nullptr, &before_[i]);
    if (before_[i].sa_handler != SIG_IGN) ::sigaction(numbers_[i], &action, nullptr);
  }
}

InterruptGuard::~InterruptGuard() {
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    ::sigaction(numbers_[i], &before_[i], nullptr);
  }
}

bool InterruptGuard::interrupted() const {
  return first_signal != 0;
}

}  // namespace lacuna::system
