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
#include <map>
#include <system_error>
#include <thread>

#include "experiments/run/run_files.hpp"
#include "experiments/run/thread_count.hpp"
#include "runtime/system/interrupt.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

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
  void add(pid_t child, fs::path run) { running_.emplace(child, std::move(run)); }

  void stop() const {
    for (const auto& [child, run] : running_) ::kill(child, SIGUSR1);
  }

  /// The run of one that has ended, or nothing after a tenth of a second.
  std::optional<fs::path> ended() {
    for (const auto& [child, run] : running_) {
      if (::waitpid(child, nullptr, WNOHANG) == 0) continue;
      const auto node = running_.extract(child);
      return node.mapped();
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

  std::map<pid_t, fs::path> running_;
};

void say_result(const fs::path& folder, const LaunchOptions& options) {
  const auto run = stored_run(folder);
  options.remark(fmt::format(
      "{}: {}", fs::relative(folder, folder.parent_path().parent_path()).string(),
      run ? summary(run->outcome) : "ended without a result; it will be tried once more"));
}

}  // namespace

bool run_in_processes(const std::vector<fs::path>& runs, int jobs, int threads,
                      const LaunchOptions& options) {
  const system::InterruptGuard interrupt;
  const int share = std::max(1, thread_count(threads) / jobs);
  Workers workers;
  auto next = runs.begin();
  while (next != runs.end() || workers.count() > 0) {
    if (interrupt.interrupted()) return false;
    if (next != runs.end() && workers.count() < static_cast<std::size_t>(jobs)) {
      const fs::path run = *next++;
      const auto before = stored_run(run);
      if (before && !before->outcome.training.interrupted) continue;
      workers.add(
          start({"lacuna", "resume", run.string(), "--quiet", "--threads", std::to_string(share)}),
          run);
    } else if (const auto run = workers.ended()) {
      say_result(*run, options);
    }
  }
  return true;
}

}  // namespace lacuna::experiments
