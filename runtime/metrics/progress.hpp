#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace lacuna::metrics {

/// Where progress is shown, and how.
struct ProgressOutput {
  std::function<void(std::string_view)> write;
  std::function<std::chrono::steady_clock::time_point()> now;
  std::function<int()> width;  ///< of the terminal, in columns
  bool terminal = false;       ///< one line redrawn in place, else a plain line now and then
  bool colour = false;
  bool quiet = false;
};

/// Standard error as it is: a terminal or not, NO_COLOR honoured.
ProgressOutput standard_error(bool quiet);

/// What one line says.
struct ProgressState {
  std::string label;
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::int64_t before = 0;  ///< done before the start
  double seconds = 0;       ///< since the start
  std::string status;       ///< e.g. "train 0.91  valid 0.93"
};

/// Label, bar, done/total, rate, time to go and status; cut to `width` columns where one is given,
/// the bar left out first.
std::string terminal_line(const ProgressState& state, int width, bool colour);
/// The same without the bar.
std::string plain_line(const ProgressState& state);

/// Shows how far a loop is: on a terminal redrawn at most ten times a second, elsewhere after 0.5
/// s, then every 10 s, and at the end.
class Progress {
 public:
  /// `before` were done in an earlier run.
  Progress(std::string label, std::int64_t total, ProgressOutput output, std::int64_t before = 0);
  /// Ends an unfinished line, so that an error's message begins on its own.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::int64_t done, std::string_view status);
  /// Shows the last state, also where the loop ended early.
  void finish();

 private:
  void show();

  using Time = std::chrono::steady_clock::time_point;
  ProgressOutput output_;
  ProgressState state_;
  Time start_;
  Time next_;
  bool line_open_ = false;
  bool finished_ = false;
};

}  // namespace lacuna::metrics
