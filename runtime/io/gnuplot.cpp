#include "runtime/io/gnuplot.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/file_descriptor.hpp"

namespace lacuna::io {
namespace {

/// A file in memory for one of gnuplot's standard streams. Unlike a pipe it never fills up, so
/// neither side waits for the other.
FileDescriptor memory_file(const char* name) {
  const int descriptor = ::memfd_create(name, MFD_CLOEXEC);
  if (descriptor < 0) throw os_error("create a memory file for", name, errno);
  return {descriptor, name};
}

std::string contents(FileDescriptor& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw os_error("read", file.path(), errno);
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  ::lseek(file.get(), 0, SEEK_SET);
  file.read(std::as_writable_bytes(std::span(text)));
  return text;
}

class SpawnActions {
 public:
  SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void redirect(const FileDescriptor& from, int to) {
    const int error = ::posix_spawn_file_actions_adddup2(&actions_, from.get(), to);
    if (error != 0) throw os_error("redirect", from.path(), error);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

/// Runs gnuplot to its end and returns its wait status.
int run_gnuplot(const SpawnActions& actions) {
  // -d: no start-up file of the user's changes the picture.
  std::array<std::string, 3> words = {"gnuplot", "-d", "-"};
  const std::array<char*, 4> argv = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, argv[0], actions.get(), nullptr, argv.data(), environ);
  if (error == ENOENT) throw IoError("gnuplot not found; install gnuplot-nox");
  if (error != 0) throw os_error("run", "gnuplot", error);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw os_error("wait for", "gnuplot", errno);
  }
  return status;
}

std::string_view terminal(const std::filesystem::path& picture) {
  if (picture.extension() == ".svg") return "svg size 800,500 noenhanced background 'white'";
  if (picture.extension() == ".png") return "pngcairo size 800,500 noenhanced";
  throw IoError("cannot draw " + picture.string() + ": the name must end in .svg or .png");
}

/// What gnuplot draws, as the bytes of a picture; `what` names it in messages.
std::string draw(std::string_view settings, std::string_view script, std::string_view what) {
  FileDescriptor input = memory_file("gnuplot's script");
  FileDescriptor output = memory_file("gnuplot's picture");
  FileDescriptor messages = memory_file("gnuplot's messages");
  const std::string whole = fmt::format("set terminal {}\n{}\n", settings, script);
  input.write(std::as_bytes(std::span(whole)));
  ::lseek(input.get(), 0, SEEK_SET);

  SpawnActions actions;
  actions.redirect(input, STDIN_FILENO);
  actions.redirect(output, STDOUT_FILENO);
  actions.redirect(messages, STDERR_FILENO);
  const int status = run_gnuplot(actions);
  const std::string drawn = contents(output);
  if (status != 0 || drawn.empty()) {
    std::string reason = status == 0 ? "the script draws nothing" : contents(messages);
    reason.erase(reason.find_last_not_of(" \n") + 1);
    throw IoError(fmt::format("gnuplot could not draw {}: {}", what, reason));
  }
  return drawn;
}

}  // namespace

std::string gnuplot_quote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      throw IoError(
          fmt::format("gnuplot cannot take the name '{}': it holds a control character", text));
    }
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

void plot(std::string_view script, const std::filesystem::path& picture) {
  write_file_atomically(picture, draw(terminal(picture), script, picture.string()));
}

std::string plot_svg(std::string_view script, int width, int height) {
  return draw(fmt::format("svg size {},{} noenhanced font 'sans-serif,14'", width, height), script,
              "a chart");
}

}  // namespace lacuna::io
