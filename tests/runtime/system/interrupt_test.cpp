#include "runtime/system/interrupt.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace lacuna::system {
namespace {

using std::chrono::milliseconds;

/// Heard as by default, also where the tests run in the background or under nohup.
class Interrupt : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override { ::signal(GetParam(), SIG_DFL); }
};

TEST_P(Interrupt, FirstSignalIsNoted) {
  const InterruptGuard guard;
  EXPECT_FALSE(guard.interrupted());
  std::raise(GetParam());
  EXPECT_TRUE(guard.interrupted());
}

TEST_P(Interrupt, SameSignalToProcessAndGroupCountsOnce) {
  const InterruptGuard guard;
  std::raise(GetParam());
  std::raise(GetParam());
  EXPECT_TRUE(guard.interrupted());
}

TEST_P(Interrupt, SecondSignalEndsAtOnce) {
  EXPECT_EXIT(
      {
        const InterruptGuard guard;
        std::raise(GetParam());
        std::this_thread::sleep_for(milliseconds(100));
        std::raise(GetParam());
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(130), "");
}

INSTANTIATE_TEST_SUITE_P(Signals, Interrupt, ::testing::Values(SIGINT, SIGTERM));

class IgnoredSignal : public ::testing::TestWithParam<int> {};

TEST_P(IgnoredSignal, StaysIgnored) {
  const auto before = ::signal(GetParam(), SIG_IGN);
  {
    const InterruptGuard guard;
    std::raise(GetParam());
    EXPECT_FALSE(guard.interrupted());
  }
  EXPECT_EQ(::signal(GetParam(), before), SIG_IGN);
}

INSTANTIATE_TEST_SUITE_P(Signals, IgnoredSignal,
                         ::testing::Values(SIGINT, SIGTERM, SIGHUP, SIGUSR1));

class Notice : public Interrupt {};

TEST_P(Notice, EndsNothingHoweverOftenItComes) {
  const InterruptGuard guard;
  std::raise(GetParam());
  std::this_thread::sleep_for(milliseconds(100));
  std::raise(GetParam());
  EXPECT_TRUE(guard.interrupted());
}

INSTANTIATE_TEST_SUITE_P(Signals, Notice, ::testing::Values(SIGHUP, SIGUSR1));

TEST(InterruptGuard, BeginsAnewAndRestoresHandlers) {
  ::signal(SIGINT, SIG_DFL);
  struct sigaction before {};
  ::sigaction(SIGINT, nullptr, &before);
  {
    const InterruptGuard guard;
    std::raise(SIGINT);
  }
  struct sigaction after {};
  ::sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(after.sa_handler, before.sa_handler);
  EXPECT_FALSE(InterruptGuard().interrupted());
}

}  // namespace
}  // namespace lacuna::system
