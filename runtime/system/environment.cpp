#include "runtime/system/environment.hpp"

#include <fmt/chrono.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <sstream>

#include "kernels/dense/gemm.hpp"
#include "runtime/system/build.hpp"
#include "runtime/system/cpu.hpp"
#include "runtime/system/text_file.hpp"

namespace lacuna::system {
namespace {

using config::Json;

/// The distribution's name, e.g. "Debian GNU/Linux 12 (bookworm)".
std::string distribution() {
  std::istringstream lines(read_text("/etc/os-release"));
  constexpr std::string_view key = "PRETTY_NAME=\"";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(key) && line.ends_with('"')) {
      return line.substr(key.size(), line.size() - key.size() - 1);
    }
  }
  return "unknown";
}

Json build_json() {
  const Build built = build();
  return Json::object({{"version", built.version},
                       {"git_commit", built.git_commit.empty() ? Json() : Json(built.git_commit)},
                       {"compiler", built.compiler},
                       {"march", built.march},
                       {"openmp", built.openmp}});
}

Json machine_json() {
  struct utsname names {};
  ::uname(&names);
  const CacheSizes caches = cache_sizes();
  const std::int64_t memory = std::int64_t{::sysconf(_SC_PHYS_PAGES)} * ::sysconf(_SC_PAGE_SIZE);
  return Json::object(
      {{"hostname", names.nodename},
       {"os", distribution()},
       {"kernel", std::string(names.sysname) + " " + names.release + " " + names.machine},
       {"cpu", cpu_model()},
       {"cpu_threads", usable_threads()},
       {"cache_bytes", Json::array({caches.l1, caches.l2, caches.l3})},
       {"memory_bytes", memory}});
}

}  // namespace

std::string utc_time(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

Json environment(std::span<const std::string> command_line) {
  Json words = Json::array();
  for (const std::string& word : command_line) words.push_back(word);
  return Json::object({{"date", utc_time(std::chrono::system_clock::now())},
                       {"command_line", words},
                       {"build", build_json()},
                       {"math_library", gemm_library()},
                       {"machine", machine_json()}});
}

}  // namespace lacuna::system
