#include "tests/support/program.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

namespace lacuna::testing {

namespace {

class SpawnActions {
 public:
  explicit SpawnActions(const std::filesystem::path& folder) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void open(int descriptor, const std::filesystem::path& path, int flags) {
    ::posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0600);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Signals do what they do by default, also where the tests themselves run in the background or
/// under nohup, which ignore some.
class DefaultSignals {
 public:
  DefaultSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~DefaultSignals() { ::posix_spawnattr_destroy(&attributes_); }
  DefaultSignals(const DefaultSignals&) = delete;
  DefaultSignals& operator=(const DefaultSignals&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

}  // namespace

RunningProgram::RunningProgram(std::string program, const std::vector<std::string>& arguments,
                               const std::filesystem::path& folder) {
  SpawnActions actions(folder);
  actions.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  // Files, not pipes: they never fill up, so that nobody has to read while the program runs.
  actions.open(STDOUT_FILENO, streams_ / "out", O_WRONLY | O_CREAT);
  actions.open(STDERR_FILENO, streams_ / "err", O_WRONLY | O_CREAT);
  std::vector<std::string> words{std::move(program)};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const DefaultSignals signals;
  if (::posix_spawn(&child_, words[0].c_str(), actions.get(), signals.get(), argv.data(),
                    environ) != 0) {
    throw std::runtime_error("cannot start " + words[0]);
  }
}

RunningProgram::~RunningProgram() {
  if (!running()) return;
  signal(SIGKILL);
  ::waitpid(child_, &status_, 0);
}

void RunningProgram::signal(int number) const {
  if (!ended_) ::kill(child_, number);  // else its number may be another program's by now
}

bool RunningProgram::running() {
  if (!ended_) ended_ = ::waitpid(child_, &status_, WNOHANG) == child_;
  return !ended_;
}

ProgramResult RunningProgram::wait(std::chrono::seconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (running()) {
    if (std::chrono::steady_clock::now() > end) {
      signal(SIGKILL);
      ADD_FAILURE() << "the program ran for more than " << limit.count() << " s";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return {WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_),
          read_file(streams_ / "out"), read_file(streams_ / "err")};
}

}  // namespace lacuna::testing
