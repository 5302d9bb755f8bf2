#pragma once

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "kernels/core/elementary.hpp"

/// The cost of the level of an entry by the scores of all levels, for every device. `Lanes` entries
/// at a time: score k of lane l stands at [k * stride + l]. On the CPU the inner loops over lanes
/// become SIMD.
namespace lacuna {

/// With scores s, the level y of L, and p = softmax(s):
///   NLL      -log p[y]
///   ordinal  sum_{j <= y} (log sum_{t <= j} e^s[t] - s[j])
///            + sum_{j >= y} (log sum_{t >= j} e^s[t] - s[j])
/// (Zheng et al., *CF-NADE*, 2016, the ordinal cost): minus the log probability that levels are
/// ranked y > y - 1 > ... > 0, and y > y + 1 > ... > L - 1. The cost is ordinal_weight * ordinal +
/// (1 - ordinal_weight) * NLL. `cumulative`: a level's score is the sum of those up to it.
struct LevelCost {
  double ordinal_weight = 1;
  bool cumulative = false;
};

inline constexpr std::int64_t most_levels = 64;

inline void check_levels(std::int64_t count) {
  if (count >= 1 && count <= most_levels) return;
  throw std::invalid_argument(std::to_string(count) + " levels: 1 to " +
                              std::to_string(most_levels) + " are possible");
}

inline namespace LACUNA_NS {

/// log(e^a + e^b).
template <class T>
LACUNA_INLINE T log_sum_exp(T a, T b) {
  return (a > b ? a : b) + elementary::softplus_tail(a - b);
}

/// What stands for log(0) in sums of exponentials.
template <class T>
inline constexpr T log_of_nothing = T(-1e30);

template <int Lanes, class T>
LACUNA_INLINE void sum_scores(std::int64_t levels, std::int64_t stride, T* score) {
  for (std::int64_t k = 1; k < levels; ++k) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) score[k * stride + l] += score[(k - 1) * stride + l];
  }
}

/// log sum_k e^score[k], for each lane.
template <int Lanes, class T>
LACUNA_INLINE void normalizers(std::int64_t levels, std::int64_t stride, const T* score,
                               T* result) {
  for (int l = 0; l < Lanes; ++l) result[l] = score[l];
  for (std::int64_t k = 1; k < levels; ++k) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) result[l] = log_sum_exp(result[l], score[k * stride + l]);
  }
}

/// sum_k p[k] value[k]. `score` is summed where scores are cumulative.
template <int Lanes, class T>
LACUNA_INLINE void expected_levels(bool cumulative, std::int64_t levels, std::int64_t stride,
                                   const T* value, T* score, T* result) {
  if (cumulative) sum_scores<Lanes>(levels, stride, score);
  T normalizer[Lanes];
  normalizers<Lanes>(levels, stride, score, normalizer);
  for (int l = 0; l < Lanes; ++l) result[l] = T(0);
  for (std::int64_t k = 0; k < levels; ++k) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) {
      const T p = elementary::exp(score[k * stride + l] - normalizer[l]);
      result[l] = std::fma(p, value[k], result[l]);
    }
  }
}

/// Adds weight * the half of the ordinal cost over levels up to the lane's to `cost` and its
/// derivatives to `gradient`; `log_sums` is working memory like them. `Step` -1: the half over
/// levels down from the highest.
template <int Lanes, int Step, class T>
LACUNA_INLINE void add_ordinal_half(T weight, std::int64_t levels, std::int64_t stride,
                                    const std::int32_t* level, const T* score, T* log_sums,
                                    T* gradient, T* cost) {
  const std::int64_t first = Step > 0 ? 0 : levels - 1;
  T running[Lanes];
  for (int l = 0; l < Lanes; ++l) running[l] = log_of_nothing<T>;
  for (std::int64_t i = 0, k = first; i < levels; ++i, k += Step) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) {
      const T s = score[k * stride + l];
      running[l] = log_sum_exp(running[l], s);
      log_sums[k * stride + l] = running[l];
      const bool counts = Step > 0 ? k <= level[l] : k >= level[l];
      cost[l] += counts ? weight * (running[l] - s) : T(0);
    }
  }
  // d/ds[t] = sum over j from t on to the level of e^(s[t] - log_sums[j]), less 1.
  for (int l = 0; l < Lanes; ++l) running[l] = log_of_nothing<T>;
  for (std::int64_t i = 0, k = levels - 1 - first; i < levels; ++i, k -= Step) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) {
      const bool counts = Step > 0 ? k <= level[l] : k >= level[l];
      const T next = log_sum_exp(running[l], -log_sums[k * stride + l]);
      running[l] = counts ? next : running[l];
      const T share = elementary::exp(score[k * stride + l] + running[l]) - T(1);
      gradient[k * stride + l] += counts ? weight * share : T(0);
    }
  }
}

/// The cost of each lane's `level`, and its derivatives by the scores as they were given; `score`
/// is summed where scores are cumulative, `log_sums` is working memory of the same size.
template <int Lanes, class T>
LACUNA_INLINE void level_costs(const LevelCost& settings, std::int64_t levels, std::int64_t stride,
                               const std::int32_t* level, T* score, T* log_sums, T* gradient,
                               T* cost) {
  if (settings.cumulative) sum_scores<Lanes>(levels, stride, score);
  const T ordinal = static_cast<T>(settings.ordinal_weight);
  const T likelihood = T(1) - ordinal;
  T normalizer[Lanes];
  normalizers<Lanes>(levels, stride, score, normalizer);
  for (int l = 0; l < Lanes; ++l) cost[l] = T(0);
  for (std::int64_t k = 0; k < levels; ++k) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) {
      const T log_p = score[k * stride + l] - normalizer[l];
      const bool own = k == level[l];
      cost[l] -= own ? likelihood * log_p : T(0);
      gradient[k * stride + l] = likelihood * (elementary::exp(log_p) - (own ? T(1) : T(0)));
    }
  }
  if (settings.ordinal_weight != 0) {
    add_ordinal_half<Lanes, 1>(ordinal, levels, stride, level, score, log_sums, gradient, cost);
    add_ordinal_half<Lanes, -1>(ordinal, levels, stride, level, score, log_sums, gradient, cost);
  }
  if (!settings.cumulative) return;
  for (std::int64_t k = levels - 2; k >= 0; --k) {
    LACUNA_SIMD
    for (int l = 0; l < Lanes; ++l) gradient[k * stride + l] += gradient[(k + 1) * stride + l];
  }
}

}  // namespace LACUNA_NS
}  // namespace lacuna
