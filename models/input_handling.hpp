#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "kernels/core/sparsity.hpp"
#include "models/facts.hpp"
#include "runtime/config/fields.hpp"

namespace lacuna::models {

/// What K may be named after: d inputs, n1 hidden units, or the mean count of the training rows.
enum class NormalizationConstant { inputs, hidden_units, mean_count };

/// Missing entries are zeros, nothing else is done.
struct ZeroImputation {
  static constexpr std::string_view tag = "zero_imputation";
  template <class V>
  static void fields(V&) {}
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

using InputHandling = std::variant<SparsityNormalized, ZeroImputation>;

/// K as a number.
SparsityNormalization resolve(const InputHandling& handling, const Facts& facts,
                              std::int64_t hidden_units);

}  // namespace lacuna::models

namespace lacuna::config {

template <>
struct EnumNames<models::NormalizationConstant> {
  using E = models::NormalizationConstant;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"inputs", E::inputs}, {"hidden_units", E::hidden_units}, {"mean_count", E::mean_count}}};
};

template <>
struct EnumNames<CountBy> {
  static constexpr std::array<std::pair<std::string_view, CountBy>, 2> values{
      {{"mask", CountBy::mask}, {"non_zeros", CountBy::non_zeros}}};
};

}  // namespace lacuna::config
