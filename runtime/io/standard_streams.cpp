#include "runtime/io/standard_streams.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "runtime/error.hpp"
#include "runtime/io/visible.hpp"

namespace lacuna::io {

void prepare_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is the one that is missing.
    if (::fcntl(stream, F_GETFD) < 0) {
      ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
  ::signal(SIGPIPE, SIG_IGN);
}

void print(std::string_view text) {
  if (std::ferror(stdout) != 0) return;
  const std::string shown = visible(text, "\n\t");
  std::fwrite(shown.data(), 1, shown.size(), stdout);  // what fails leaves its mark on the stream
}

void say(std::string_view text) {
  draw(visible(text, "\n\t"));
}

void draw(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void finish_output() {
  const bool failed = std::ferror(stdout) != 0;
  if (failed) std::fputc('\n', stdout);  // asks for the reason once more
  errno = 0;
  if (std::fflush(stdout) == 0 && !failed) return;
  if (errno == EPIPE) return;
  throw IoError(fmt::format("standard output: could not be written in full{}{}",
                            errno == 0 ? "" : ": ", errno == 0 ? "" : std::strerror(errno)));
}

}  // namespace lacuna::io
