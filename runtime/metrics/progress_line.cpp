#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/metrics/progress.hpp"
#include "runtime/metrics/text_width.hpp"

namespace lacuna::metrics {
namespace {

std::string clock_time(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(std::min(seconds, 3.6e8)));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

/// "120/500  12.3/s  ETA 0:31", or the time taken once all is done.
std::string numbers(const ProgressState& state) {
  std::string text = fmt::format("{}/{}", state.done, state.total);
  if (state.done <= state.before || state.seconds <= 0) return text;
  const double rate = static_cast<double>(state.done - state.before) / state.seconds;
  text += rate >= 1 ? fmt::format("  {:.1f}/s", rate) : fmt::format("  {:.1f} s each", 1 / rate);
  if (state.done >= state.total) return text + "  in " + clock_time(state.seconds);
  return text + "  ETA " + clock_time(static_cast<double>(state.total - state.done) / rate);
}

std::string bar(const ProgressState& state, std::size_t cells, bool colour) {
  const double share =
      state.total <= 0
          ? 1
          : std::clamp(static_cast<double>(state.done) / static_cast<double>(state.total), 0.0,
                       1.0);
  const auto full = static_cast<std::size_t>(share * static_cast<double>(cells));
  return fmt::format("[{}{}{}{}]", colour ? "\x1b[32m" : "", std::string(full, '#'),
                     colour ? "\x1b[0m" : "", std::string(cells - full, '.'));
}

}  // namespace

std::string plain_line(const ProgressState& state) {
  std::string text = state.label + "  " + numbers(state);
  if (!state.status.empty()) text += "  " + state.status;
  return text;
}

std::string terminal_line(const ProgressState& state, int width, bool colour) {
  constexpr std::size_t brackets_and_gap = 4;
  constexpr std::size_t widest_bar = 30;
  constexpr std::size_t narrowest_bar = 6;
  // A full last column makes some terminals wrap.
  const auto columns = static_cast<std::size_t>(std::max(width - 1, 1));
  const std::string plain = plain_line(state);
  const std::size_t used = text_width(plain) + brackets_and_gap;
  if (used + narrowest_bar > columns) return std::string(text_prefix(plain, columns));
  const std::size_t cells = std::min(columns - used, widest_bar);
  return state.label + "  " + bar(state, cells, colour) + plain.substr(state.label.size());
}

}  // namespace lacuna::metrics
