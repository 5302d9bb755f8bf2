#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "kernels/core/sparsity.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/program/program.hpp"
#include "runtime/train/facts.hpp"

namespace lacuna::models {

/// What K may be named after: d inputs, n1 hidden units, or the mean count of the training rows.
enum class NormalizationConstant { inputs, hidden_units, mean_count };

/// Which entries indicators are 1 of.
enum class IndicatorsOf { observed, missing };

/// Missing entries are zeros, nothing else is done.
struct ZeroImputation {
  static constexpr std::string_view tag = "zero_imputation";
  template <class V>
  static void fields(V&) {}
};

/// Missing entries are their column's mean over the training rows.
struct MeanImputation {
  static constexpr std::string_view tag = "mean_imputation";
  template <class V>
  static void fields(V&) {}
};

/// x K / (mean count of the training rows): what Sparsity Normalization does to the scale of the
/// inputs, without what it does to the count.
struct ConstantScale {
  static constexpr std::string_view tag = "constant_scale";
  std::variant<NormalizationConstant, double> k = NormalizationConstant::inputs;

  template <class V>
  static void fields(V& v) {
    v(&ConstantScale::k, "k", config::above(0), "the constant K, as sparsity_normalization has it");
  }
};

/// x_SN = K x / count.
struct SparsityNormalized {
  static constexpr std::string_view tag = "sparsity_normalization";
  std::variant<NormalizationConstant, double> k = NormalizationConstant::mean_count;
  CountBy count_by = CountBy::mask;

  template <class V>
  static void fields(V& v) {
    v(&SparsityNormalized::k, "k", config::above(0),
      "the constant K: inputs, hidden_units, mean_count (of the training rows), or a number");
    v(&SparsityNormalized::count_by, "count_by", "what the divisor counts in a row");
  }
};

/// Missing entries are zeros, and as many more inputs say which are observed, or which are missing:
/// then a row has as many entries that are not 0 as any other. `normalize` is of the entries alone.
struct Indicators {
  static constexpr std::string_view tag = "indicators";
  IndicatorsOf of = IndicatorsOf::observed;
  std::optional<SparsityNormalized> normalize = {};

  template <class V>
  static void fields(V& v) {
    v(&Indicators::of, "of", "where they are 1: at observed entries, or at missing ones");
    v(&Indicators::normalize, "normalize", "Sparsity Normalization of the entries beside them");
  }
};

using InputHandling =
    std::variant<SparsityNormalized, ZeroImputation, MeanImputation, Indicators, ConstantScale>;

/// The scale of a row as a kernel of sparse rows takes it, K as a number. Throws ConfigError for
/// what would fill every row: mean_imputation and indicators.
SparsityNormalization sparse_scale(const InputHandling& handling, const Facts& facts,
                                   std::int64_t hidden_units);

/// Records the handling of dense rows: [rows, facts.columns], or twice as many with indicators.
/// `hidden_units` is the width of the layer that reads them.
Variable record_input(Program& program, const DenseField& x, const InputHandling& handling,
                      const Facts& facts, std::int64_t hidden_units);

/// Throws ConfigError where observed entries lie outside of [0, 1], which `setting` needs.
void check_unit_interval(const Facts& facts, std::string_view setting);

/// Columns of what record_input() records.
std::int64_t input_columns(const InputHandling& handling, const Facts& facts);

/// Sparsity Normalization of a hidden layer's `units`, read by a layer of `next` units. Throws
/// ConfigError where K is mean_count, which only the input has.
SparsityNormalization hidden_scale(const SparsityNormalized& normalized, std::int64_t units,
                                   std::int64_t next);

}  // namespace lacuna::models

namespace lacuna::config {

template <>
struct EnumNames<models::NormalizationConstant> {
  using E = models::NormalizationConstant;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"inputs", E::inputs}, {"hidden_units", E::hidden_units}, {"mean_count", E::mean_count}}};
};

template <>
struct EnumNames<models::IndicatorsOf> {
  using E = models::IndicatorsOf;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"observed", E::observed}, {"missing", E::missing}}};
};

template <>
struct EnumNames<CountBy> {
  static constexpr std::array<std::pair<std::string_view, CountBy>, 2> values{
      {{"mask", CountBy::mask}, {"non_zeros", CountBy::non_zeros}}};
};

}  // namespace lacuna::config
