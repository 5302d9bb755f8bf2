#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "experiments/run/run_files.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

/// The metric of a key like "train_rmse", or nullptr.
const Metric* metric_of(std::string_view key, std::string_view prefix) {
  return key.starts_with(prefix) ? find_metric(key.substr(prefix.size())) : nullptr;
}

/// All keys but those below are scores and terms of the loss.
bool is_fixed(std::string_view key) {
  constexpr std::array<std::string_view, 7> fixed{"epoch", "phase", "weights", "penalty",
                                                  "best",  "rate",  "seconds"};
  return std::ranges::find(fixed, key) != fixed.end();
}

EpochReport read_epoch(const config::Json& line) {
  EpochReport report{
      .epoch = static_cast<int>(line.at("epoch").as_int64()),
      .penalty = number_at(line, "penalty"),
      .best = line.at("best").as_bool(),
      .rate = line.find("rate") == nullptr ? 1 : number_at(line, "rate"),  // older files have none
      .seconds = number_at(line, "seconds")};
  if (const config::Json* phase = line.find("phase")) report.phase = phase->as_string();
  for (const config::Json::Member& member : line.as_object()) {
    if (is_fixed(member.key)) continue;
    const double value = number_at(line, member.key);
    if (const Metric* trained = metric_of(member.key, "train_")) {
      report.training.push_back({.metric = trained, .value = value});
    } else if (const Metric* validated = metric_of(member.key, "validation_")) {
      report.validation.push_back({.metric = validated, .value = value});
    } else {
      report.losses.push_back({member.key, value});
    }
  }
  if (const config::Json* weights = line.find("weights")) {
    for (NamedLoss& term : report.losses) {
      if (weights->find(term.name) != nullptr) term.weight = number_at(*weights, term.name);
    }
  }
  return report;
}

}  // namespace

std::vector<EpochReport> read_metrics(const std::filesystem::path& file) {
  std::vector<EpochReport> epochs;
  if (!std::filesystem::exists(file)) return epochs;
  std::ifstream stream(file);
  if (!stream) {
    throw IoError(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
  }
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    try {
      const std::string name = fmt::format("{}:{}", file.string(), number);
      epochs.push_back(read_epoch(config::parse_json(line, name)));
    } catch (const ConfigError& error) {
      if (stream.eof()) break;
      throw IoError(fmt::format("{}:{}: not a line of metrics, remove it: {}", file.string(),
                                number, error.what()));
    }
  }
  if (stream.bad()) throw IoError(fmt::format("{}: reading failed", file.string()));
  return epochs;
}

}  // namespace lacuna::experiments
