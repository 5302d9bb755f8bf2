#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "experiments/run/known_runs.hpp"

/// Results that last: a line for each finished run in <folder>/<table>.csv, which is committed.
namespace lacuna::experiments {

/// What has run its course is not run again.
struct LedgerLine {
  std::string experiment;  ///< its file's name, without .json
  std::string variant;     ///< or the baseline's name
  std::string phase;       ///< "search", "test" or "baseline"
  std::uint64_t seed = 0;
  std::string settings;    ///< what was searched for, as it was here: "train.l2.lambda=100"
  std::string validation;  ///< "rmse=0.85"; the next two are lists of these, parted by spaces
  std::string scores;      ///< of the test rows, with how many they are over
  std::string details;
  int epochs = 0;
  int best_epoch = 0;
  double seconds = 0;
  std::int64_t looks = 0;     ///< at the test data
  std::string configuration;  ///< configuration_of()
  std::string data;           ///< the data's checksum
  std::string commit;         ///< that the run was begun with
  std::string failure;        ///< why it has no scores, or empty

  /// How the run ended. `tested`: the scores of its task. Throws ConfigError for other texts.
  Outcome outcome(std::span<const ScoreForm> tested) const;
};

/// The lines of all tables; those that are added go to one of them.
class Ledger final : public KnownRuns {
 public:
  /// Reads every .csv file of `folder`, which may be missing. Throws IoError that names file and
  /// line.
  explicit Ledger(std::filesystem::path folder);

  /// Lines that are added from now on are an experiment's, and go to <folder>/<table>.csv.
  void begin(const std::string& table, const std::string& experiment);

  /// The line of a configuration, or nullptr.
  const LedgerLine* find(const std::string& configuration) const;
  /// Appends a line, unless there is one of the same configuration, be it of another process.
  /// Throws IoError.
  void add(LedgerLine line);

  std::optional<Outcome> find(const Job& job) const override;
  /// Throws IoError where a file of the job's folder is missing or damaged.
  void add(const Job& job) override;

 private:
  void read(const std::filesystem::path& file);

  std::filesystem::path folder_;
  std::string table_;
  std::string experiment_;
  std::map<std::string, LedgerLine> lines_;  // by configuration
};

}  // namespace lacuna::experiments
