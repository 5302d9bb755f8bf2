#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna::experiments::report {

struct WrittenReport {
  std::filesystem::path file;
  std::string problem;                ///< why it has no charts, or ""
  std::vector<std::string> left_out;  ///< why some of what was named is not in it
};

/// Writes one HTML file about all runs at or below `runs`, at `output` or, where that is empty, in
/// the first of them that holds any as report.html. Unfinished runs are listed; throws IoError
/// where there is no run at all.
WrittenReport write_report(const std::vector<std::filesystem::path>& runs,
                           std::filesystem::path output);

}  // namespace lacuna::experiments::report
