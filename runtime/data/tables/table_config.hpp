#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/config/fields.hpp"
#include "runtime/data/hide_config.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"

/// The "data" part of an experiment on a table. check() throws std::invalid_argument on values that
/// do not fit together.
namespace lacuna::data {

/// How columns of numbers are scaled.
enum class Scaling { none, standardize, unit };

/// What a target is; by_values: classes where it is text or has few whole numbers.
enum class TargetKind { by_values, classes, number };

/// What becomes of a row without target.
enum class MissingTarget { error, drop };

/// What every table has: its copies, holes, scaling and the split.
struct TablesConfig {
  static constexpr bool sparse_rows = false;
  Scaling scale = Scaling::standardize;
  bool scale_target = true;
  std::int64_t copies = 1;
  std::optional<HolesConfig> holes;
  std::optional<HideConfig> hide;
  double test_share = 0.2;
  double validation_share = 0.2;
  std::uint64_t split_seed = 0;
  bool stratify = false;

  void check_common() const {
    if (holes && hide) throw std::invalid_argument("holes and hide: give one of them");
  }

  template <class V>
  static void common_fields(V& v) {
    using T = TablesConfig;
    v(&T::scale, "scale",
      "how columns of numbers are scaled, by the observed cells of training rows: standardize = "
      "mean 0 and standard deviation 1, unit = from 0 to 1");
    v(&T::scale_target, "scale_target",
      "standardize a target that is a number; predictions and scores stay in its own unit");
    v(&T::copies, "copies", config::range(1, 10000),
      "how often the inputs of a row stand side by side; holes are drawn for each copy");
    v(&T::holes, "holes",
      "cells that are hidden at random, in half of the rows few and in half many: split_seed draws "
      "the halves of each part and the cells; scores are given by half, too");
    v(&T::hide, "hide",
      "cells that are hidden before columns are scaled; copies lose cells of their own, a category "
      "all its inputs at once, in mnar with the rate as its probability");
    v(&T::test_share, "test_share", config::Range{0, 0.99, true},
      "share of all rows that is held out");
    v(&T::validation_share, "validation_share", config::Range{0, 0.99, true},
      "share of the remaining rows that picks epochs and hyper-parameters");
    v(&T::split_seed, "split_seed", "seed of the split, apart from the seed of the training");
    v(&T::stratify, "stratify", "give every part its share of each class; classes only");
  }
};

/// A CSV file whose columns are numbers or categories.
struct TableSource : TablesConfig {
  static constexpr std::string_view tag = "table";
  std::string path;
  std::string target;
  TargetKind target_kind = TargetKind::by_values;
  MissingTarget missing_target = MissingTarget::error;
  std::string weight;
  std::vector<std::string> ignore;
  std::vector<std::string> categorical;
  std::vector<std::string> missing;
  std::string delimiter = ",";
  std::int64_t max_levels = 1000;
  std::uint64_t max_bytes = default_max_bytes;

  void check() const {
    check_common();
    check_delimiter(delimiter);
    const auto has = [](const std::vector<std::string>& names, const std::string& name) {
      return std::ranges::find(names, name) != names.end();
    };
    if (has(ignore, target)) throw std::invalid_argument("ignore must not name the target");
    if (target_kind == TargetKind::number && has(categorical, target)) {
      throw std::invalid_argument("categorical must not name a target that is a number");
    }
    if (weight.empty()) return;
    if (weight == target) throw std::invalid_argument("weight must not be the target");
    if (has(ignore, weight) || has(categorical, weight)) {
      throw std::invalid_argument("neither ignore nor categorical may name the weight");
    }
  }

  template <class V>
  static void fields(V& v) {
    using T = TableSource;
    v(&T::path, "path", config::required,
      "CSV file, plain or .gz, with a header row; a relative path is also looked up below "
      "$LACUNA_DATA");
    v(&T::target, "target", config::required, "column that is predicted");
    v(&T::target_kind, "target_kind",
      "what the target is; auto = class where it is text or at most 20 different whole numbers, "
      "else number");
    v(&T::missing_target, "missing_target", "a row whose target is missing");
    v(&T::weight, "weight", "column of the rows' weights, numbers >= 0; empty = all weigh 1");
    v(&T::ignore, "ignore", "columns that are left out");
    v(&T::categorical, "categorical",
      "columns that are categories though all their cells are numbers");
    v(&T::missing, "missing", "what stands for a missing cell beside nothing, NA, NaN, nan and ?");
    v(&T::delimiter, "delimiter", "text between two fields");
    v(&T::max_levels, "max_levels", config::range(1, 1000000),
      "most levels that a column of categories may have");
    v(&T::max_bytes, "max_bytes", config::at_least(1),
      "largest size of the uncompressed file, in bytes");
    common_fields(v);
  }
};

/// A table drawn from a known truth; see synthetic_table.hpp for the model.
struct SyntheticTable : TablesConfig {
  static constexpr std::string_view tag = "synthetic_table";
  std::int64_t rows = 1000;
  std::int64_t columns = 10;
  std::int64_t classes = 0;
  std::int64_t interactions = 5;
  double linear = 1;
  double interaction = 1;
  double noise = 0.5;
  double missing_share = 0;
  double missing_depends = 0;
  std::uint64_t seed = 0;

  void check() const {
    check_common();
    if (classes == 1) throw std::invalid_argument("classes must be 0 (a number) or at least 2");
    if (classes > 0 && noise == 0) {
      throw std::invalid_argument("noise must be larger than 0 where there are classes");
    }
    if (interactions > columns * (columns - 1) / 2) {
      throw std::invalid_argument("interactions must be at most columns x (columns - 1) / 2");
    }
  }

  template <class V>
  static void fields(V& v) {
    using T = SyntheticTable;
    v(&T::rows, "rows", config::range(1, 2147483647), "number of rows");
    v(&T::columns, "columns", config::range(1, 65536), "number of columns beside the target");
    v(&T::classes, "classes", config::range(0, 1000),
      "number of classes of the target; 0 = it is a number");
    v(&T::interactions, "interactions", config::range(0, 1000000),
      "number of pairs of columns whose product acts");
    v(&T::linear, "linear", config::at_least(0), "standard deviation of the linear part");
    v(&T::interaction, "interaction", config::at_least(0),
      "standard deviation of the products' part");
    v(&T::noise, "noise", config::at_least(0),
      "standard deviation of the noise on the target, or what a class's score is divided by "
      "before the softmax");
    v(&T::missing_share, "missing_share", config::range(0, 0.99), "share of cells that is missing");
    v(&T::missing_depends, "missing_depends", config::range(-10, 10),
      "how strongly large values hide themselves; 0 = missing completely at random");
    v(&T::seed, "seed", "seed of the generator");
    common_fields(v);
  }
};

}  // namespace lacuna::data

namespace lacuna::config {

template <>
struct EnumNames<data::Scaling> {
  static constexpr std::array<std::pair<std::string_view, data::Scaling>, 3> values{
      {{"none", data::Scaling::none},
       {"standardize", data::Scaling::standardize},
       {"unit", data::Scaling::unit}}};
};

template <>
struct EnumNames<data::TargetKind> {
  static constexpr std::array<std::pair<std::string_view, data::TargetKind>, 3> values{
      {{"auto", data::TargetKind::by_values},
       {"class", data::TargetKind::classes},
       {"number", data::TargetKind::number}}};
};

template <>
struct EnumNames<data::MissingTarget> {
  static constexpr std::array<std::pair<std::string_view, data::MissingTarget>, 2> values{
      {{"error", data::MissingTarget::error}, {"drop", data::MissingTarget::drop}}};
};

}  // namespace lacuna::config
