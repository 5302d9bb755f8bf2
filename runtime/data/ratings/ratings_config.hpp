#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "runtime/config/fields.hpp"

namespace lacuna::data {

/// What one row of the model's input is: `item` = one row per item with the users as columns.
enum class Orientation { item, user };

/// How ratings are held out: shares of all at random, some of each user's at random, each user's
/// latest, or the latest of all.
enum class SplitBy { random, leave_out, leave_last_out, time };

/// How ratings are scaled for the model: centred on the training ratings' mean, or to 0-1 by their
/// range.
enum class RatingScale { none, center, unit };

inline constexpr double max_index = 2147483647;    // indices are int32
inline constexpr double max_ratings = 4294967295;  // positions in a list of ratings are uint32

/// What every source of ratings has: how its rows become inputs, and the split.
struct RatingsConfig {
  static constexpr bool sparse_rows = true;
  static constexpr std::array refused_keys{config::RefusedKey{
      "hide",
      "ratings have no cells that could be hidden beside the split's: what is held out is hidden; "
      "set "
      "test_share and validation_share, or evaluate.probe to predict from random subsets"}};
  Orientation vectors = Orientation::item;
  RatingScale scale = RatingScale::none;
  SplitBy split = SplitBy::random;
  double test_share = 0.1;
  double validation_share = 0.05;
  std::int64_t leave_out = 1;
  std::uint64_t split_seed = 0;

  template <class V>
  static void common_fields(V& v) {
    using S = RatingsConfig;
    v(&S::vectors, "vectors",
      "what a row of the model's input is: item = an item's ratings by all users");
    v(&S::scale, "scale",
      "how ratings are scaled for the model, by the training ratings: center = their mean is 0, "
      "unit = from 0 to 1; predictions and scores stay in the ratings' own unit");
    v(&S::split, "split",
      "how ratings are held out: random, leave_out = of each user at random, leave_last_out = each "
      "user's latest, time = the latest of all");
    v(&S::test_share, "test_share", config::Range{0, 0.99},
      "share of all ratings that is held out (random, time); 0: none, all are trained on");
    v(&S::validation_share, "validation_share", config::Range{0, 0.99, true},
      "share of the remaining ratings that picks epochs and hyper-parameters (random, time)");
    v(&S::leave_out, "leave_out", config::range(1, 1000000),
      "how many of each user's ratings go to test, and as many to validation (leave_out, "
      "leave_last_out); users with too few keep all for training");
    v(&S::split_seed, "split_seed", "seed of the split, apart from the seed of the training");
  }
};

inline bool needs_time(const RatingsConfig& config) {
  return config.split == SplitBy::leave_last_out || config.split == SplitBy::time;
}

}  // namespace lacuna::data

namespace lacuna::config {

template <>
struct EnumNames<data::Orientation> {
  static constexpr std::array<std::pair<std::string_view, data::Orientation>, 2> values{
      {{"item", data::Orientation::item}, {"user", data::Orientation::user}}};
};

template <>
struct EnumNames<data::SplitBy> {
  static constexpr std::array<std::pair<std::string_view, data::SplitBy>, 4> values{
      {{"random", data::SplitBy::random},
       {"leave_out", data::SplitBy::leave_out},
       {"leave_last_out", data::SplitBy::leave_last_out},
       {"time", data::SplitBy::time}}};
};

template <>
struct EnumNames<data::RatingScale> {
  static constexpr std::array<std::pair<std::string_view, data::RatingScale>, 3> values{
      {{"none", data::RatingScale::none},
       {"center", data::RatingScale::center},
       {"unit", data::RatingScale::unit}}};
};

}  // namespace lacuna::config
