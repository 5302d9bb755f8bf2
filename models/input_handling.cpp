#include "models/input_handling.hpp"

namespace lacuna::models {

namespace {

double constant(NormalizationConstant k, const Facts& facts, std::int64_t hidden_units) {
  switch (k) {
    case NormalizationConstant::inputs:
      return static_cast<double>(facts.columns);
    case NormalizationConstant::hidden_units:
      return static_cast<double>(hidden_units);
    case NormalizationConstant::mean_count:
      break;
  }
  return facts.mean_count;
}

}  // namespace

SparsityNormalization resolve(const InputHandling& handling, const Facts& facts,
                              std::int64_t hidden_units) {
  const auto* normalized = std::get_if<SparsityNormalized>(&handling);
  if (normalized == nullptr) return {};
  const auto* named = std::get_if<NormalizationConstant>(&normalized->k);
  const double k =
      named != nullptr ? constant(*named, facts, hidden_units) : std::get<double>(normalized->k);
  return {k, normalized->count_by};
}

}  // namespace lacuna::models
