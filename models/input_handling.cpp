#include "models/input_handling.hpp"

#include <fmt/format.h>

#include "runtime/error.hpp"
#include "runtime/ops/dense_ops.hpp"

namespace lacuna::models {

namespace {

using Constant = std::variant<NormalizationConstant, double>;

double number(const Constant& k, const Facts& facts, std::int64_t hidden_units) {
  const auto* named = std::get_if<NormalizationConstant>(&k);
  if (named == nullptr) return std::get<double>(k);
  switch (*named) {
    case NormalizationConstant::inputs:
      return static_cast<double>(facts.columns);
    case NormalizationConstant::hidden_units:
      return static_cast<double>(hidden_units);
    case NormalizationConstant::mean_count:
      break;
  }
  return facts.mean_count;
}

/// Where nothing is missing the mask is one of ones: count and scale are the same in every row.
bool is_even(const SparsityNormalized& normalized, const DenseField& x) {
  return normalized.count_by == CountBy::mask && !x.observed.defined();
}

ops::Imputation imputation_of(const Indicators& indicators, const DenseField& x, const Facts& facts,
                              std::int64_t hidden_units) {
  ops::Imputation imputation{.indicators = indicators.of == IndicatorsOf::missing
                                               ? Indicate::missing
                                               : Indicate::observed};
  if (!indicators.normalize) return imputation;
  const double k = number(indicators.normalize->k, facts, hidden_units);
  if (is_even(*indicators.normalize, x)) {
    imputation.scale = k / static_cast<double>(facts.columns);
  } else {
    imputation.normalization = {k, indicators.normalize->count_by};
  }
  return imputation;
}

double constant_scale(const ConstantScale& scale, const Facts& facts, std::int64_t hidden_units) {
  return number(scale.k, facts, hidden_units) / facts.mean_count;
}

}  // namespace

SparsityNormalization sparse_scale(const InputHandling& handling, const Facts& facts,
                                   std::int64_t hidden_units) {
  if (const auto* normalized = std::get_if<SparsityNormalized>(&handling)) {
    return {number(normalized->k, facts, hidden_units), normalized->count_by};
  }
  if (const auto* scale = std::get_if<ConstantScale>(&handling)) {
    return {constant_scale(*scale, facts, hidden_units), CountBy::constant};
  }
  if (std::holds_alternative<ZeroImputation>(handling)) return {};
  throw ConfigError(
      "model.input: mean_imputation and indicators fill every row, and this model's rows are never "
      "made dense; take sparsity_normalization, zero_imputation or constant_scale");
}

Variable record_input(Program& program, const DenseField& x, const InputHandling& handling,
                      const Facts& facts, std::int64_t hidden_units) {
  if (std::holds_alternative<MeanImputation>(handling)) {
    return ops::impute(program, x, {.fill = facts.column_mean});
  }
  if (const auto* indicators = std::get_if<Indicators>(&handling)) {
    return ops::impute(program, x, imputation_of(*indicators, x, facts, hidden_units));
  }
  if (const auto* scale = std::get_if<ConstantScale>(&handling)) {
    return ops::impute(program, x, {.scale = constant_scale(*scale, facts, hidden_units)});
  }
  const Variable value = program.input(x.value);
  const auto* normalized = std::get_if<SparsityNormalized>(&handling);
  if (normalized == nullptr) return value;
  const double k = number(normalized->k, facts, hidden_units);
  if (is_even(*normalized, x)) {
    return ops::impute(program, x, {.scale = k / static_cast<double>(facts.columns)});
  }
  const bool masked = normalized->count_by == CountBy::mask;
  return ops::sparsity_normalize(program, value, masked ? x.observed : Tensor(),
                                 {k, normalized->count_by});
}

void check_unit_interval(const Facts& facts, std::string_view setting) {
  if (facts.least >= 0 && facts.most <= 1) return;
  throw ConfigError(fmt::format(
      "{}: needs data from 0 to 1, and the training rows' go from {} to {}; set data.scale to unit "
      "where the data are a table",
      setting, facts.least, facts.most));
}

std::int64_t input_columns(const InputHandling& handling, const Facts& facts) {
  return facts.columns * (std::holds_alternative<Indicators>(handling) ? 2 : 1);
}

SparsityNormalization hidden_scale(const SparsityNormalized& normalized, std::int64_t units,
                                   std::int64_t next) {
  const auto* named = std::get_if<NormalizationConstant>(&normalized.k);
  if (named != nullptr && *named == NormalizationConstant::mean_count) {
    throw ConfigError(
        "model.layers: normalize.k: mean_count is known of the input only; take inputs (the "
        "layer's units), hidden_units (the next one's), or a number");
  }
  return {number(normalized.k, {.columns = units}, next), CountBy::non_zeros};
}

}  // namespace lacuna::models
