#include "experiments/reproduce/configuration.hpp"

#include <filesystem>
#include <span>

#include "runtime/config/write.hpp"
#include "runtime/data/checksum.hpp"

namespace lacuna::experiments {

namespace {

/// A folder's name, too, is given with a slash behind it or without.
std::string file_name(const std::string& path) {
  const std::filesystem::path plain = std::filesystem::path(path).lexically_normal();
  return (plain.has_filename() ? plain : plain.parent_path()).filename().string();
}

std::string short_hash(const config::Json& json) {
  const std::string text = config::dump(json, 0);
  return data::checksum_of(std::as_bytes(std::span(text))).substr(0, 16);
}

}  // namespace

std::string configuration_of(const Experiment& experiment) {
  Experiment bare{.schema = {},
                  .name = {},
                  .description = "",
                  .data = with_paths(experiment.data, file_name),
                  .model = experiment.model,
                  .train = experiment.train,
                  .evaluate = experiment.evaluate,
                  .output = {},
                  .seed = experiment.seed,
                  .variants = {},
                  .sweep = {},
                  .paper = {}};
  return short_hash(config::to_json(bare, config::Keys::changed));
}

std::string data_configuration_of(const Experiment& experiment) {
  return short_hash(config::Json::array(
      {config::to_json(with_paths(experiment.data, file_name), config::Keys::changed),
       config::to_json(experiment.evaluate, config::Keys::changed)}));
}

}  // namespace lacuna::experiments
