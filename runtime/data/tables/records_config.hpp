#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "runtime/data/tables/table_config.hpp"

namespace lacuna::data {

/// What the disease does to the number of examinations that a person has.
enum class CountRegime { independent, raised, lowered };

/// Health records drawn from a known truth; see synthetic_records.hpp for the model.
struct SyntheticRecords : TablesConfig {
  static constexpr std::string_view tag = "synthetic_records";
  std::int64_t rows = 1000;
  std::int64_t examinations = 34;
  std::int64_t years = 5;
  double prevalence = 0.05;
  CountRegime regime = CountRegime::independent;
  double observed_share = 0.4;
  double count_effect = 0.2;
  double spread = 0.5;
  std::int64_t factors = 5;
  double health_share = 0.3;
  double risk_share = 0.8;
  double persistence = 0.9;
  std::uint64_t seed = 0;

  std::int64_t columns() const { return examinations * years; }

  /// Mean share of the examinations that the healthy or the diseased have.
  double share_of(bool diseased) const {
    if (regime == CountRegime::independent) return observed_share;
    const double sign = regime == CountRegime::raised ? 1 : -1;
    return observed_share + sign * count_effect * (diseased ? 1 - prevalence : -prevalence);
  }

  void check() const {
    const auto [least, most] = std::minmax({share_of(false), share_of(true)});
    if (least <= 0 || most >= 1) {
      throw std::invalid_argument(
          "the shares of the diseased and of the healthy must lie between 0 and 1: take a smaller "
          "count_effect");
    }
  }

  template <class V>
  static void fields(V& v) {
    using R = SyntheticRecords;
    v(&R::rows, "rows", config::range(1, 2147483647), "number of people");
    v(&R::examinations, "examinations", config::range(1, 1000), "number of examinations a year");
    v(&R::years, "years", config::range(1, 60), "number of years");
    v(&R::prevalence, "prevalence", config::range(0.0001, 0.9999), "share of the diseased");
    v(&R::regime, "regime",
      "what the disease does to how many examinations a person has; their mean over all people is "
      "the same");
    v(&R::observed_share, "observed_share", config::range(0.01, 0.99),
      "mean share of the examinations that a person has");
    v(&R::count_effect, "count_effect", config::range(0, 0.98),
      "difference between the shares of the diseased and of the healthy, unless independent");
    v(&R::spread, "spread", config::range(0, 1),
      "how much people differ in how many examinations they have; 0 = by chance only");
    v(&R::factors, "factors", config::range(1, 1000), "dimensions of health");
    v(&R::health_share, "health_share", config::range(0, 1),
      "share of an examination's variance that health explains");
    v(&R::risk_share, "risk_share", config::range(0, 1),
      "share of the variance of who falls ill that health in the last year explains");
    v(&R::persistence, "persistence", config::range(-1, 1),
      "correlation of health in one year and in the next");
    v(&R::seed, "seed", "seed of the generator");
    common_fields(v);
  }
};

}  // namespace lacuna::data

template <>
struct lacuna::config::EnumNames<lacuna::data::CountRegime> {
  using E = lacuna::data::CountRegime;
  static constexpr std::array<std::pair<std::string_view, E>, 3> values{
      {{"independent", E::independent}, {"raised", E::raised}, {"lowered", E::lowered}}};
};
