#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/tasks/predict_options.hpp"
#include "runtime/config/json.hpp"
#include "runtime/io/standard_streams.hpp"

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
  bool quick = false;
  bool text = false;
  std::string filter;
  std::string folder = "runs/reproduce";
  int jobs = 1;
  std::optional<std::string> into;
  std::optional<std::string> results;
  std::string first;
  int repetitions = 20;
  bool list = false;
  bool tiny = false;
  bool profile = false;
  std::optional<std::string> save;
  std::vector<std::string> runs;
  PredictValues predict;
  std::optional<std::string> data;
  std::optional<std::string> output;
  std::optional<std::string> export_folder;
  std::string what = "codes";
  std::vector<std::string> command_line;
};

/// Prints to standard output, which is looked at when the command has ended.
template <class... A>
void print(fmt::format_string<A...> text, A&&... values) {
  io::print(fmt::format(text, std::forward<A>(values)...));
}
void print(const config::Json& json);

/// Each prints its result to standard output and returns the exit code; errors are exceptions.
int train_command(const CommandOptions& options);
int resume_command(const CommandOptions& options);
int sweep_command(const CommandOptions& options);
int reproduce_command(const CommandOptions& options);
int evaluate_command(const CommandOptions& options);
int predict_command(const CommandOptions& options);
int encode_command(const CommandOptions& options);
int data_command(const CommandOptions& options);
int report_command(const CommandOptions& options);
int validate_command(const CommandOptions& options);
int schema_command(const CommandOptions& options);
int info_command(const CommandOptions& options);
int bench_command(const CommandOptions& options);

}  // namespace lacuna::experiments
