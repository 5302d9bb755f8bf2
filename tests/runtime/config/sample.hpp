#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/config/json.hpp"

/// A config that uses every kind of member.
namespace lacuna::config::sample {

enum class Scale { input_units, hidden_units, mean_count };

struct Synthetic {
  static constexpr std::string_view tag = "synthetic";
  int users = 100;
  double noise = 0.5;
  template <class V>
  static void fields(V& v) {
    v(&Synthetic::users, "users", at_least(1), "number of users");
    v(&Synthetic::noise, "noise", above(0), "standard deviation of the noise");
  }
  bool operator==(const Synthetic&) const = default;
};

struct Table {
  static constexpr std::string_view tag = "csv";
  std::string path;
  std::string rating_column = "rating";
  template <class V>
  static void fields(V& v) {
    v(&Table::path, "path", required, "file of ratings");
    v(&Table::rating_column, "rating_column", "header of the column of ratings");
  }
  bool operator==(const Table&) const = default;
};

struct Split {
  double test = 0.1;
  double validation = 0.05;
  std::uint64_t seed = 0;
  template <class V>
  static void fields(V& v) {
    v(&Split::test, "test", range(0, 1), "share of the ratings to test on");
    v(&Split::validation, "validation", range(0, 1), "share of the rest to choose the epoch on");
    v(&Split::seed, "seed", "seed of the split");
  }
  void check() const {
    if (test + validation >= 1) throw std::invalid_argument("test + validation must be below 1");
  }
  bool operator==(const Split&) const = default;
};

struct Experiment {
  std::string name = "run";
  std::variant<Synthetic, Table> source;
  Split split;
  int hidden_units = 500;
  bool verbose = false;
  float dropout = 0.1F;
  double learning_rate = 1e-3;
  std::int64_t offset = -3;
  std::variant<Scale, double> scale = Scale::mean_count;
  std::variant<int, std::vector<std::uint64_t>> seeds = 1;
  std::variant<bool, std::array<double, 2>> clip = true;
  std::optional<int> patience;
  std::optional<Split> second_split;
  std::map<std::string, Json> variants;
  std::vector<Split> more_splits;
  Json notes;

  template <class V>
  static void fields(V& v) {
    v(&Experiment::name, "name", "name of the run");
    v(&Experiment::source, "source", "where the ratings come from");
    v(&Experiment::split, "split", "train, validation and test");
    v(&Experiment::hidden_units, "hidden_units", range(1, 100000), "units of the hidden layer");
    v(&Experiment::verbose, "verbose", "print more");
    v(&Experiment::dropout, "dropout", range(0, 1), "share of inputs that are dropped");
    v(&Experiment::learning_rate, "learning_rate", above(0), "step size");
    v(&Experiment::offset, "offset", "a signed number");
    v(&Experiment::scale, "scale", above(0), "numerator of the normalization");
    v(&Experiment::seeds, "seeds", at_least(1), "number of seeds, or a list");
    v(&Experiment::clip, "clip", "clip predictions to the ratings' range, or to this one");
    v(&Experiment::patience, "patience", at_least(1), "epochs without improvement");
    v(&Experiment::second_split, "second_split", "another split");
    v(&Experiment::variants, "variants", "named sets of overrides");
    v(&Experiment::more_splits, "more_splits", "further splits");
    v(&Experiment::notes, "notes", "anything");
  }
  bool operator==(const Experiment&) const = default;
};

}  // namespace lacuna::config::sample

template <>
struct lacuna::config::EnumNames<lacuna::config::sample::Scale> {
  using E = lacuna::config::sample::Scale;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"n0", E::input_units}, {"n1", E::hidden_units}, {"mean_count", E::mean_count}}};
};
