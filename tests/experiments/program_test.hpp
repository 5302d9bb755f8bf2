#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "runtime/config/json_reader.hpp"
#include "tests/support/program.hpp"

namespace lacuna::experiments {

using config::Json;
using testing::ProgramResult;
using testing::read_file;
using testing::write_file;

/// Trains in a fraction of a second.
inline constexpr const char* tiny_experiment = R"({
  "data": { "type": "synthetic", "users": 60, "items": 40, "ratings": 800, "vectors": "user" },
  "model": { "type": "autorec", "hidden_units": 5 },
  "train": { "epochs": 6, "optimizer": { "type": "adam", "learning_rate": 0.05 } }
})";

/// The same with two variants and a picture.
inline constexpr const char* tiny_comparison = R"({
  "data": { "type": "synthetic", "users": 60, "items": 40, "ratings": 800, "vectors": "user" },
  "model": { "type": "autorec", "hidden_units": 5 },
  "train": { "epochs": 6, "optimizer": { "type": "adam", "learning_rate": 0.05 } },
  "evaluate": { "probe": { "draws": 3, "levels": 4 } },
  "variants": {
    "with SN": { "model.input": { "type": "sparsity_normalization" } },
    "without SN": { "model.input": { "type": "zero_imputation" } }
  }
})";

/// Runs the built program in a folder of the test's own, with the two experiments above as
/// tiny.json and comparison.json.
class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    write_file(folder_ / "tiny.json", tiny_experiment);
    write_file(folder_ / "comparison.json", tiny_comparison);
  }

  ProgramResult lacuna(const std::vector<std::string>& arguments) const {
    return testing::run_lacuna(arguments, folder_.path());
  }

  /// Runs a command that must succeed, and returns what it printed.
  std::string output_of(const std::vector<std::string>& arguments) const {
    const ProgramResult result = lacuna(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  /// Runs a command that must end with `exit_code`, and returns its message.
  std::string message_of(int exit_code, const std::vector<std::string>& arguments) const {
    const ProgramResult result = lacuna(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    return result.err;
  }

  testing::TemporaryFolder folder_;
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace lacuna::experiments
