#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "runtime/data/ratings/ratings_config.hpp"

namespace lacuna::data {

/// Ratings drawn from a known low-rank truth; see synthetic.hpp for the model.
struct SyntheticSource : RatingsConfig {
  static constexpr std::string_view tag = "synthetic";
  std::int64_t users = 1000;
  std::int64_t items = 600;
  std::int64_t ratings = 40000;
  std::int64_t rank = 4;
  double bias = 0.4;
  double signal = 0.6;
  double noise = 0.4;
  double user_exponent = 1.0;
  double item_exponent = 0.8;
  double selection = 1.0;
  double rating_min = 1;
  double rating_max = 5;
  double rating_step = 0.5;
  std::uint64_t seed = 0;

  void check() const {
    if (ratings < std::max(users, items) || ratings > users * items) {
      throw std::invalid_argument("ratings must lie between max(users, items) and users x items");
    }
    if (!(rating_min < rating_max)) {
      throw std::invalid_argument("rating_min must be smaller than rating_max");
    }
  }

  template <class V>
  static void fields(V& v) {
    using S = SyntheticSource;
    v(&S::users, "users", config::range(1, max_index), "number of users");
    v(&S::items, "items", config::range(1, max_index), "number of items");
    v(&S::ratings, "ratings", config::range(1, max_ratings),
      "number of ratings; at least max(users, items), at most users x items");
    v(&S::rank, "rank", config::range(1, 1024), "rank of the truth beside the biases");
    v(&S::bias, "bias", config::at_least(0), "standard deviation of user and of item biases");
    v(&S::signal, "signal", config::at_least(0), "standard deviation of the low-rank part");
    v(&S::noise, "noise", config::at_least(0), "standard deviation of the noise on a rating");
    v(&S::user_exponent, "user_exponent", config::range(0, 3),
      "Zipf exponent of the number of ratings per user; 0 = equal");
    v(&S::item_exponent, "item_exponent", config::range(0, 3),
      "Zipf exponent of the popularity of items; 0 = equal");
    v(&S::selection, "selection", config::range(0, 10),
      "how strongly users rate what they like; 0 = independent of the rating");
    v(&S::rating_min, "rating_min", "smallest rating");
    v(&S::rating_max, "rating_max", "largest rating");
    v(&S::rating_step, "rating_step", config::at_least(0),
      "ratings are rounded to rating_min plus multiples of this; 0 = not rounded");
    v(&S::seed, "seed", "seed of the generator");
    common_fields(v);
  }
};

}  // namespace lacuna::data
