#include "experiments/sweep/processes.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <map>
#include <system_error>
#include <thread>

#include "experiments/run/failed_run.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/run/thread_count.hpp"
#include "runtime/system/interrupt.hpp"

namespace lacuna::experiments {

namespace {

/// This program once more, its standard output going nowhere. Should this process be killed, the
/// other saves and ends.
pid_t start(std::vector<std::string> arguments) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "cannot start a process");
  if (child > 0) return child;
  ::signal(SIGUSR1, SIG_DFL);  // were it ignored, this one could not be told to stop
  ::prctl(PR_SET_PDEATHSIG, SIGUSR1);
  if (::getppid() == parent) {  // or it is dead already
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    ::execv("/proc/self/exe", argv.data());
  }
  ::_exit(127);
}

/// The processes at work. They end with this one: SIGUSR1 makes them save, also where Ctrl-C has
/// reached them already.
class Workers {
 public:
  Workers() = default;
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    stop();
    while (!running_.empty()) wait();
  }

  std::size_t count() const { return running_.size(); }
  void add(pid_t child, const Job& job) { running_.emplace(child, &job); }

  void stop() const {
    for (const auto& [child, job] : running_) ::kill(child, SIGUSR1);
  }

  struct Ended {
    const Job* job;
    int status;  ///< of waitpid()
  };
  /// One that has ended, or nothing after a tenth of a second.
  std::optional<Ended> ended() {
    for (const auto& [child, job] : running_) {
      int status = 0;
      if (::waitpid(child, &status, WNOHANG) == 0) continue;
      return Ended{running_.extract(child).mapped(), status};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return std::nullopt;
  }

 private:
  void wait() {
    while (::waitpid(running_.begin()->first, nullptr, 0) < 0 && errno == EINTR) {
    }
    running_.erase(running_.begin());
  }

  std::map<pid_t, const Job*> running_;
};

/// What the run's result.json says; nothing where there is none that can be read.
std::optional<Outcome> outcome_of(const Job& job) {
  try {
    const auto run = stored_run(job.folder);
    return run ? std::optional(run->outcome) : std::nullopt;
  } catch (const Error&) {  // the launch that reads it again tells of it
    return std::nullopt;
  }
}

bool is_over(const Job& job, bool try_again) {
  const auto outcome = outcome_of(job);
  return outcome && is_over(*outcome, try_again);
}

Failure killed_by(int signal) {
  return {ExitCode::internal,
          fmt::format("its process was killed by signal {} ({}){}", signal, ::strsignal(signal),
                      signal == SIGKILL ? "; the system does so where memory runs out" : "")};
}

std::string described(const std::optional<Outcome>& outcome) {
  if (!outcome || outcome->training.interrupted) return "ended without a result; it goes on later";
  return outcome->failure.empty() ? summary(*outcome) : "failed: " + outcome->failure;
}

void take_result(const Workers::Ended& ended, const LaunchOptions& options) {
  const Job& job = *ended.job;
  if (WIFSIGNALED(ended.status) && !is_over(job, true)) {
    record_failure(job, failed_outcome(job, killed_by(WTERMSIG(ended.status))));
  }
  options.remark(fmt::format("{}: {}", job.label, described(outcome_of(job))));
}

}  // namespace

bool run_in_processes(const std::vector<Job>& runs, int jobs, int threads,
                      const LaunchOptions& options) {
  const system::InterruptGuard interrupt;
  const int share = std::max(1, thread_count(threads) / jobs);
  Workers workers;
  auto next = runs.begin();
  while (next != runs.end() || workers.count() > 0) {
    if (interrupt.interrupted()) return false;
    if (next != runs.end() && workers.count() < static_cast<std::size_t>(jobs)) {
      const Job& job = *next++;
      if (is_over(job, options.try_again)) continue;
      workers.add(start({"lacuna", "resume", job.folder.string(), "--quiet", "--threads",
                         std::to_string(share)}),
                  job);
    } else if (const auto ended = workers.ended()) {
      take_result(*ended, options);
    }
  }
  return true;
}

}  // namespace lacuna::experiments
