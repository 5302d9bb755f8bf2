#pragma once

#include <optional>
#include <string>
#include <vector>

namespace lacuna::experiments {

/// What a command line says; each command reads what concerns it.
struct CommandOptions {
  std::string file;
  std::vector<std::string> overrides;
  std::optional<std::string> device;
  std::optional<int> threads;
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  bool dry_run = false;
  bool text = false;
  std::string filter;
  int repetitions = 20;
  bool list = false;
  std::optional<std::string> save;
  std::vector<std::string> runs;
  std::string output;
  std::vector<std::string> command_line;
};

/// Each prints its result to standard output and returns the exit code; errors are exceptions.
int train_command(const CommandOptions& options);
int evaluate_command(const CommandOptions& options);
int report_command(const CommandOptions& options);
int validate_command(const CommandOptions& options);
int schema_command(const CommandOptions& options);
int info_command(const CommandOptions& options);
int bench_command(const CommandOptions& options);

}  // namespace lacuna::experiments
