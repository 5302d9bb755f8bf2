#pragma once

#include <cstdlib>

#include "tests/experiments/program_test.hpp"
#include "tests/experiments/report/well_formed.hpp"

namespace lacuna::experiments {

class ReportCommand : public ProgramTest {
 protected:
  /// The report on `arguments`, which must keep every rule of a report.
  std::string report_of(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "report");
    const std::string printed = output_of(arguments);
    std::string html = read_file(folder_ / printed.substr(0, printed.size() - 1));
    EXPECT_THAT(report::unbalanced_tags(html), ::testing::IsEmpty());
    EXPECT_THAT(report::repeated_ids(html), ::testing::IsEmpty());
    for (const char* asks : {"http://", "https://", "src=", "<script"}) {
      EXPECT_THAT(html, ::testing::Not(::testing::HasSubstr(asks)));
    }
    return html;
  }

  void train(const std::string& file, const std::string& run,
             std::vector<std::string> changes = {}) const {
    changes.insert(changes.begin(), {"train", file, "output.dir=" + run, "-q"});
    output_of(changes);
  }
};

inline bool gnuplot_is_there() {
  return std::system("command -v gnuplot >/dev/null") == 0;
}

/// How often `part` occurs in `text`.
inline std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace lacuna::experiments
