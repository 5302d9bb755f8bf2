#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/registry.hpp"
#include "runtime/config/json.hpp"
#include "runtime/data/source_config.hpp"
#include "runtime/train/train_config.hpp"

/// What an experiment's JSON says.
namespace lacuna::experiments {

/// What is predicted for a pair whose user or item has no training rating.
enum class ColdPolicy { global_mean, model };

/// How the prediction moves with the number of known ratings, after Figure 1 of *Why Not to Use
/// Zero Imputation?*: one test pair, input masks resampled.
struct ProbeConfig {
  int draws = 50;
  int levels = 20;

  template <class V>
  static void fields(V& v) {
    v(&ProbeConfig::draws, "draws", config::range(1, 1000), "input masks drawn at each level");
    v(&ProbeConfig::levels, "levels", config::range(2, 100), "numbers of known ratings tried");
  }
};

struct EvaluateConfig {
  std::variant<bool, std::array<double, 2>> clip = true;
  std::variant<ColdPolicy, double> cold = ColdPolicy::global_mean;
  std::optional<ProbeConfig> probe;

  void check() const;
  template <class V>
  static void fields(V& v) {
    v(&EvaluateConfig::clip, "clip",
      "true: predictions are held to the training ratings' range; [low, high]: to this one");
    v(&EvaluateConfig::cold, "cold",
      "prediction for a user or item without training ratings: global_mean, model, or a number");
    v(&EvaluateConfig::probe, "probe", "draw the prediction against the number of known ratings");
  }
};

struct OutputConfig {
  std::optional<std::string> dir;
  std::string root = "runs";
  bool cache = true;

  template <class V>
  static void fields(V& v) {
    v(&OutputConfig::dir, "dir", "the run's folder; absent: <root>/<name>-<time>");
    v(&OutputConfig::root, "root", "where run folders are made");
    v(&OutputConfig::cache, "cache",
      "keep the parsed ratings of files of 8 MiB and more, as they are on disk, in a folder "
      "\"cache\" beside the run's for later runs; it may be removed at any time");
  }
};

struct Experiment {
  std::optional<std::string> schema;
  std::optional<std::string> name;
  std::string description;
  data::DataConfig data;
  models::ModelConfig model;
  TrainConfig train;
  EvaluateConfig evaluate;
  OutputConfig output;
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  std::variant<int, std::vector<std::uint64_t>> seeds = 1;
  std::map<std::string, config::Json> variants;

  void check() const;
  template <class V>
  static void fields(V& v) {
    using S = Experiment;
    v(&S::schema, "$schema", "for editors; not read");
    v(&S::name, "name", "names the run's folder; absent: the file's name");
    v(&S::description, "description", "for the reader");
    v(&S::data, "data", config::required, "the ratings and their split");
    v(&S::model, "model", config::required, "what is trained");
    v(&S::train, "train", "how it is trained");
    v(&S::evaluate, "evaluate", "how it is judged");
    v(&S::output, "output", "where results go");
    v(&S::device, "device", "auto, cpu, cuda or emulated");
    v(&S::threads, "threads", config::range(0, 1024), "CPU threads; 0: all that may be used");
    v(&S::seed, "seed", "of the initial weights, apart from the split's");
    v(&S::seeds, "seeds", config::at_least(0),
      "how many runs, with seed, seed + 1, ...; or the list of their seeds");
    v(&S::variants, "variants",
      "name -> {key.path: value}: trains the experiment once with each set of changes");
  }
};

/// One experiment of a file, its variant's changes applied.
struct Variant {
  std::string name;  ///< empty where the file has no variants
  Experiment experiment;
};

/// A file as it is to be run.
struct Plan {
  std::string name;
  std::vector<Variant> variants;  ///< in the file's order
  std::vector<std::uint64_t> seeds;
  std::string device;
  int threads = 0;
  OutputConfig output;
};

/// Reads `file`, applies each variant's changes and then `overrides` ("key.path=value"), and checks
/// all of it. Throws ConfigError with the place of the first fault.
Plan load_plan(const std::filesystem::path& file, const std::vector<std::string>& overrides);

}  // namespace lacuna::experiments

template <>
struct lacuna::config::EnumNames<lacuna::experiments::ColdPolicy> {
  using E = lacuna::experiments::ColdPolicy;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"global_mean", E::global_mean}, {"model", E::model}}};
};
