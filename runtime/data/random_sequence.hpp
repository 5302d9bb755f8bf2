#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include "kernels/core/philox.hpp"

namespace lacuna::data {

/// In [0, 1), 53 bits: what the number `at` of a RandomSequence's uniform() is.
inline double uniform_at(const RandomStream& stream, std::int64_t at) {
  const auto words = philox(stream, static_cast<std::uint64_t>(at / 2));
  const std::uint64_t high = words[at % 2 == 0 ? 0 : 2];
  const std::uint64_t low = words[at % 2 == 0 ? 1 : 3];
  return static_cast<double>(((high << 32) | low) >> 11) * 0x1p-53;
}

/// Draws one after the other from one Philox stream, for host code whose number of draws is not
/// known beforehand. The std::*_distribution classes differ between standard libraries.
class RandomSequence {
 public:
  explicit RandomSequence(const RandomStream& stream) : stream_(stream) {}

  /// In [0, 1), 53 bits.
  double uniform() {
    if (used_ == words_.size()) {
      words_ = philox(stream_, block_++);
      used_ = 0;
    }
    const std::uint64_t high = words_[used_];
    const std::uint64_t low = words_[used_ + 1];
    used_ += 2;
    return static_cast<double>(((high << 32) | low) >> 11) * 0x1p-53;
  }

  /// In [0, n).
  /// From 53 bits, other numbers than kernels make of one word: data sets keep their bits.
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(uniform() * static_cast<double>(n));
  }

  /// Standard normal, by Box and Muller.
  /// From 53 bits, where normal_pair() has 23 and another logarithm: data sets keep their bits.
  double normal() {
    const double radius = std::sqrt(-2 * std::log1p(-uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  RandomStream stream_;
  std::uint64_t block_ = 0;
  std::array<std::uint32_t, 4> words_{};
  std::size_t used_ = 4;
};

/// Puts at most 2^32 things in random order (Fisher and Yates).
template <class T>
void shuffle(std::vector<T>& things, const RandomStream& stream) {
  RandomSequence random(stream);
  for (std::int64_t i = std::ssize(things) - 1; i > 0; --i) {
    std::swap(things[static_cast<std::size_t>(i)],
              things[static_cast<std::size_t>(random.below(i + 1))]);
  }
}

/// The numbers 0 .. n-1 in random order; n <= 2^32.
inline std::vector<std::uint32_t> shuffled(std::int64_t n, const RandomStream& stream) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  shuffle(order, stream);
  return order;
}

}  // namespace lacuna::data
