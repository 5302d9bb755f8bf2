#pragma once

#include <array>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <variant>

#include "experiments/tasks/probe/probe_config.hpp"
#include "runtime/config/fields.hpp"
#include "runtime/data/ratings/source_config.hpp"

namespace lacuna::experiments {

class TaskKind;

/// What is predicted for a pair whose user or item has no training rating.
enum class ColdPolicy { global_mean, model };

/// How well the best of all unseen items hold the relevant ones.
struct RankingConfig {
  int k = 10;
  double relevant = 4;

  template <class V>
  static void fields(V& v) {
    v(&RankingConfig::k, "k", config::range(1, 100000), "how many of the best items count");
    v(&RankingConfig::relevant, "relevant", "test items rated at least so are relevant");
  }
};

/// The "evaluate" part of experiments that predict held-out ratings.
struct RatingPredictionConfig {
  static constexpr std::string_view tag = "rating_prediction";
  static constexpr bool type_may_be_absent = true;  // files of before there were other tasks
  bool test = true;
  std::variant<bool, std::array<double, 2>> clip = true;
  std::variant<ColdPolicy, double> cold = ColdPolicy::global_mean;
  std::optional<ProbeConfig> probe;
  std::optional<RankingConfig> ranking = {};

  using Data = data::RatingsSource;  ///< what it takes

  void check() const {
    const auto* range = std::get_if<std::array<double, 2>>(&clip);
    if (range != nullptr && !((*range)[0] < (*range)[1])) {
      throw std::invalid_argument("clip: the low end must be below the high end");
    }
  }
  void leave_test_alone() {
    test = false;
    probe.reset();
    ranking.reset();
  }

  template <class V>
  static void fields(V& v) {
    using S = RatingPredictionConfig;
    v(&S::test, "test",
      "look at the test ratings once, when training has ended; false: never, for searches");
    v(&S::clip, "clip",
      "true: predictions are held to the training ratings' range; [low, high]: to this one");
    v(&S::cold, "cold",
      "prediction for a user or item without training ratings: global_mean, model, or a number");
    v(&S::probe, "probe", "measure and draw how predictions move with the number of known ratings");
    v(&S::ranking, "ranking",
      "recall, precision, NDCG and MRR of the best k of all items that a user has not rated in "
      "training and validation");
  }
};

const TaskKind& task_kind(const RatingPredictionConfig& config);

}  // namespace lacuna::experiments

template <>
struct lacuna::config::EnumNames<lacuna::experiments::ColdPolicy> {
  using E = lacuna::experiments::ColdPolicy;
  static constexpr std::array<std::pair<std::string_view, E>, 2> values{
      {{"global_mean", E::global_mean}, {"model", E::model}}};
};
