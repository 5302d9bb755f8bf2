#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "experiments/run/run_files.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace {

EpochReport read_epoch(const config::Json& line) {
  return {
      .epoch = static_cast<int>(line.at("epoch").as_int64()),
      .loss = number_at(line, "loss"),
      .penalty = number_at(line, "penalty"),
      .train_rmse = number_at(line, "train_rmse"),
      .validation_rmse = number_at(line, "validation_rmse"),
      .best = line.at("best").as_bool(),
      .rate = line.find("rate") == nullptr ? 1 : number_at(line, "rate"),  // older files have none
      .seconds = number_at(line, "seconds")};
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
