#pragma once

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "runtime/data/random_sequence.hpp"
#include "runtime/data/ratings/source_config.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {

/// The truth behind generated ratings: biases and factor vectors of users and items.
class LatentFactors {
 public:
  explicit LatentFactors(const SyntheticSource& source)
      : rank_(static_cast<std::size_t>(source.rank)),
        spread_(std::hypot(source.bias, source.signal)),
        user_bias_(normals(source.users, source.bias, {source.seed, purpose::first_biases})),
        item_bias_(normals(source.items, source.bias, {source.seed, purpose::second_biases})),
        user_(normals(source.users * source.rank,
                      source.signal / std::sqrt(static_cast<double>(source.rank)),
                      {source.seed, purpose::first_factors})),
        item_(normals(source.items * source.rank, 1, {source.seed, purpose::second_factors})) {}

  /// a_u + b_i + U_u . V_i
  double deviation(std::int64_t u, std::int64_t i) const {
    return static_cast<double>(user_bias_[static_cast<std::size_t>(u)]) + liking(u, i);
  }

  /// b_i + U_u . V_i in its standard deviations: how much user u is drawn to item i.
  double preference(std::int64_t u, std::int64_t i) const {
    return spread_ > 0 ? liking(u, i) / spread_ : 0;
  }

 private:
  static std::vector<float> normals(std::int64_t n, double deviation, const RandomStream& stream) {
    std::vector<float> values(static_cast<std::size_t>(n));
    RandomSequence random(stream);
    for (float& value : values) value = static_cast<float>(deviation * random.normal());
    return values;
  }

  double liking(std::int64_t u, std::int64_t i) const {
    const float* a = user_.data() + static_cast<std::size_t>(u) * rank_;
    const float* b = item_.data() + static_cast<std::size_t>(i) * rank_;
    return static_cast<double>(item_bias_[static_cast<std::size_t>(i)]) +
           static_cast<double>(std::inner_product(a, a + rank_, b, 0.0f));
  }

  std::size_t rank_;
  double spread_;
  std::vector<float> user_bias_;
  std::vector<float> item_bias_;
  std::vector<float> user_;  // users x rank
  std::vector<float> item_;  // items x rank
};

}  // namespace lacuna::data
