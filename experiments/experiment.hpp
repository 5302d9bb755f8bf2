#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/tasks/configs.hpp"
#include "models/registry.hpp"
#include "runtime/config/json.hpp"
#include "runtime/train/train_config.hpp"

/// What an experiment's JSON says.
namespace lacuna::experiments {

/// When a run is saved so that it can be resumed; Ctrl-C and the end of training save it, too.
struct CheckpointConfig {
  int every_epochs = 0;
  double every_minutes = 5;
  int keep = 2;
  bool at_end = true;

  template <class V>
  static void fields(V& v) {
    using S = CheckpointConfig;
    v(&S::every_epochs, "every_epochs", config::range(0, 1e9), "0: only by the clock");
    v(&S::every_minutes, "every_minutes", config::at_least(0),
      "in the middle of an epoch, too; 0: not by the clock");
    v(&S::keep, "keep", config::range(1, 1000), "how many of the last ones are kept");
    v(&S::at_end, "at_end",
      "keep the last one when training has ended, so that it can be resumed with more epochs");
  }
};

struct OutputConfig {
  std::optional<std::string> dir;
  std::string root = "runs";
  bool cache = true;
  CheckpointConfig checkpoint;

  template <class V>
  static void fields(V& v) {
    v(&OutputConfig::dir, "dir", "the run's folder; absent: <root>/<name>-<time>");
    v(&OutputConfig::root, "root", "where run folders are made");
    v(&OutputConfig::cache, "cache",
      "keep what was parsed of files of 8 MiB and more in a folder \"cache\" beside the run's for "
      "later runs; it may be removed at any time");
    v(&OutputConfig::checkpoint, "checkpoint", "when a run is saved so that it can be resumed");
  }
};

/// Settings that are tried by `lacuna sweep`, each variant on its own.
struct SweepConfig {
  std::map<std::string, std::vector<config::Json>> grid;
  std::vector<std::map<std::string, config::Json>> list;
  int search_seeds = 1;
  int widen = 0;

  void check() const;
  template <class V>
  static void fields(V& v) {
    using S = SweepConfig;
    v(&S::grid, "grid", "key.path -> values: all combinations are tried");
    v(&S::list, "list", "sets of changes {key.path: value}, each tried as it is");
    v(&S::search_seeds, "search_seeds", config::range(1, 1000),
      "how many of the first seeds a set is tried with; the best mean validation score is chosen");
    v(&S::widen, "widen", config::range(0, 100),
      "by how many values each key's numbers in the grid may go on, in the grid's ratio, where a "
      "variant's best one lies at their edge");
  }
};

/// What a paper says of a variant.
struct PaperValue {
  std::optional<double> value;
  std::optional<double> interval;

  template <class V>
  static void fields(V& v) {
    v(&PaperValue::value, "value",
      "the first of the test scores; absent: the paper prints none, and the arm stands beside it");
    v(&PaperValue::interval, "interval", config::at_least(0), "half width of its interval");
  }
};

/// What the intervals beside a paper's values are of: the mean, or the runs themselves, as 1.96
/// standard deviations.
enum class PaperInterval { mean, runs };

/// Cells of a paper's table or figure that an experiment repeats.
struct PaperConfig {
  std::string table;
  std::string row;
  std::optional<std::string> score;
  int runs = 0;
  PaperInterval interval_of = PaperInterval::mean;
  std::optional<std::string> x;
  bool quick = false;
  std::map<std::string, PaperValue> values;

  template <class V>
  static void fields(V& v) {
    using S = PaperConfig;
    v(&S::table, "table", config::required, "the table, as lacuna reproduce names it");
    v(&S::row, "row", config::required, "its row, as in \"MovieLens 1M\"");
    v(&S::score, "score", "the test score that they are of; absent: the first");
    v(&S::runs, "runs", config::range(0, 10000),
      "how many runs a value is a mean of: the first so many of ours are read as the paper's, and "
      "fewer of ours get no verdict; 0: not known");
    v(&S::interval_of, "interval_of",
      "what its intervals are of: the mean, or the runs (1.96 standard deviations)");
    v(&S::x, "x",
      "of a figure: the key whose value is the abscissa; variants that differ in it are named "
      "\"series, value\"");
    v(&S::quick, "quick",
      "whether the experiment is a smaller one that reproduce takes with --quick, and else leaves "
      "out");
    v(&S::values, "values", config::required, "variant -> the paper's value");
  }
};

/// A type of its own because of what Json::Null tells of vectors in variants.
struct SeedList : std::vector<std::uint64_t> {
  using vector::vector;
};

/// What the seeds of a launch are of.
enum class SeedsVary { training, split, both };

struct Experiment {
  std::optional<std::string> schema;
  std::optional<std::string> name;
  std::string description;
  DataConfig data;
  models::ModelConfig model;
  TrainConfig train;
  EvaluateConfig evaluate;
  OutputConfig output;
  std::string device = "auto";
  int threads = 0;
  std::uint64_t seed = 0;
  std::variant<int, SeedList> seeds = 1;
  SeedsVary seeds_vary = SeedsVary::training;
  std::map<std::string, config::Json> variants;
  std::optional<SweepConfig> sweep;
  std::vector<PaperConfig> paper;

  void check() const;
  template <class V>
  static void fields(V& v) {
    using S = Experiment;
    v(&S::schema, "$schema", "for editors; not read");
    v(&S::name, "name", "names the run's folder; absent: the file's name");
    v(&S::description, "description", "for the reader");
    v(&S::data, "data", config::required, "what is learnt from, and its split");
    v(&S::model, "model", config::required, "what is trained");
    v(&S::train, "train", "how it is trained");
    v(&S::evaluate, "evaluate", "the task, and how it is judged");
    v(&S::output, "output", "where results go");
    v(&S::device, "device", "auto, cpu, cuda or emulated");
    v(&S::threads, "threads", config::range(0, 1024), "CPU threads; 0: all that may be used");
    v(&S::seed, "seed", "of the initial weights, apart from the split's");
    v(&S::seeds, "seeds", config::at_least(0),
      "how many runs, with seed, seed + 1, ...; or the list of their seeds");
    v(&S::seeds_vary, "seeds_vary",
      "what they are of: training (initial weights, batches), split (data.split_seed), or both");
    v(&S::variants, "variants",
      "name -> {key.path: value}: trains the experiment once with each set of changes");
    v(&S::sweep, "sweep", "settings that lacuna sweep chooses from by validation");
    v(&S::paper, "paper",
      "the cells of papers' tables that this repeats; the first table names its folder");
  }
};

}  // namespace lacuna::experiments

template <>
struct lacuna::config::EnumNames<lacuna::experiments::PaperInterval> {
  using E = lacuna::experiments::PaperInterval;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"mean", E::mean}, {"runs", E::runs}}};
};

template <>
struct lacuna::config::EnumNames<lacuna::experiments::SeedsVary> {
  using E = lacuna::experiments::SeedsVary;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"training", E::training}, {"split", E::split}, {"both", E::both}}};
};
