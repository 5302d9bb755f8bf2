#include "runtime/metrics/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "runtime/io/standard_streams.hpp"
#include "runtime/io/visible.hpp"

namespace lacuna::metrics {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds redraw_interval{100};
constexpr milliseconds first_plain_line{500};
constexpr milliseconds plain_line_interval{10'000};

int terminal_width() {
  struct winsize size {};
  constexpr int usual_width = 80;
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
  return size.ws_col;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

ProgressOutput standard_error(bool quiet) {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool terminal = ::isatty(STDERR_FILENO) == 1 && !dumb;
  return {.write = io::draw,
          .now = std::chrono::steady_clock::now,
          .width = terminal_width,
          .terminal = terminal,
          .colour = terminal && !is_set("NO_COLOR"),
          .quiet = quiet};
}

Progress::Progress(std::string label, std::int64_t total, ProgressOutput output,
                   std::int64_t before)
    : output_(std::move(output)), start_(output_.now()) {
  state_.label = io::visible(label);
  state_.total = total;
  state_.before = before;
  next_ = start_ + (output_.terminal ? milliseconds{0} : first_plain_line);
}

Progress::~Progress() {
  if (line_open_) output_.write("\n");
}

void Progress::update(std::int64_t done, std::string_view status) {
  state_.done = done;
  state_.status = io::visible(status);
  if (!output_.quiet && output_.now() >= next_) show();
}

void Progress::finish() {
  if (std::exchange(finished_, true) || output_.quiet) return;
  show();
  if (std::exchange(line_open_, false)) output_.write("\n");
}

void Progress::show() {
  const Time now = output_.now();
  state_.seconds = std::chrono::duration<double>(now - start_).count();
  if (output_.terminal) {
    next_ = now + redraw_interval;
    line_open_ = true;
    output_.write("\r" + terminal_line(state_, output_.width(), output_.colour) + "\x1b[K");
  } else {
    next_ = now + plain_line_interval;
    output_.write(plain_line(state_) + "\n");
  }
}

}  // namespace lacuna::metrics
