#include "kernels/core/elementary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

namespace lacuna {
namespace {

struct Exp {
  static constexpr double bound = 1.1;
  static auto value(auto x) { return elementary::exp(x); }
  static auto exact(auto x) { return std::exp(x); }
};

struct Sigmoid {
  static constexpr double bound = 2.5;
  static auto value(auto x) { return elementary::sigmoid(x); }
  static auto exact(auto x) {
    const auto e = std::exp(-std::abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }
};

struct Tanh {
  static constexpr double bound = 3.0;
  static auto value(auto x) { return elementary::tanh(x); }
  static auto exact(auto x) { return std::tanh(x); }
};

struct Log {
  static constexpr double bound = 1.0;
  static auto value(auto x) { return elementary::log(x); }
  static auto exact(auto x) { return std::log(x); }
};

struct Softplus {
  static constexpr double bound = 2.5;
  static auto value(auto x) { return elementary::softplus(x); }
  static auto exact(auto x) {
    return std::max(x, decltype(x)(0)) + std::log1p(std::exp(-std::abs(x)));
  }
};

struct LogSigmoid {
  static constexpr double bound = 2.5;
  static auto value(auto x) { return elementary::log_sigmoid(x); }
  static auto exact(auto x) { return -Softplus::exact(-x); }
};

/// |got - want| in units of the last place that T has at `want`; infinite where got is wrong about
/// being finite or a number.
template <class T, class Wide>
double ulps(T got, Wide want) {
  using Limits = std::numeric_limits<T>;
  const bool overflows = std::abs(want) > static_cast<Wide>(Limits::max());
  if (overflows || !std::isfinite(got) || std::isnan(want)) {
    const bool agrees = (std::isnan(want) && std::isnan(got)) ||
                        (overflows && got == (want > 0 ? 1 : -1) * Limits::infinity());
    return agrees ? 0.0 : std::numeric_limits<double>::infinity();
  }
  const int exponent = std::max(std::ilogb(want), Limits::min_exponent - 1);
  const Wide unit = std::ldexp(Wide(1), exponent - Limits::digits + 1);
  return static_cast<double>(std::abs(static_cast<Wide>(got) - want) / unit);
}

/// The largest error seen, and where.
template <class F, class T, class Wide>
struct Worst {
  double error = 0;
  T x = 0;

  void see(T candidate) {
    const double e = ulps(F::value(candidate), F::exact(static_cast<Wide>(candidate)));
    if (e > error) *this = {e, candidate};
  }
};

/// Calls f with every `stride`-th bit pattern of float that is finite.
template <class Visit>
void sweep_floats(std::uint64_t stride, Visit visit) {
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << 32; bits += stride) {
    const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (std::isfinite(x)) visit(x);
  }
}

/// Arguments over the whole range of exp, where sigmoid and tanh bend, and of every magnitude.
template <class T>
std::vector<T> arguments(std::size_t count) {
  std::mt19937_64 random(7);
  const double edge = -std::log(static_cast<double>(std::numeric_limits<T>::denorm_min()));
  std::uniform_real_distribution<double> whole(-edge - 2, edge + 2), middle(-40, 40), core(-2, 2),
      exponent(std::numeric_limits<T>::min_exponent, 6);
  std::vector<T> all;
  while (all.size() < count) {
    all.push_back(static_cast<T>(whole(random)));
    all.push_back(static_cast<T>(middle(random)));
    all.push_back(static_cast<T>(core(random)));
    all.push_back(static_cast<T>(std::copysign(std::exp2(exponent(random)), core(random))));
  }
  return all;
}

template <class T>
std::vector<T> special_arguments() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> all{T(0), Limits::denorm_min(), Limits::min(), Limits::max(), Limits::infinity()};
  for (std::size_t i = 0; i < 5; ++i) all.push_back(-all[i]);
  all.push_back(Limits::quiet_NaN());
  return all;
}

template <class F>
class Elementary : public ::testing::Test {};

using Functions = ::testing::Types<Exp, Sigmoid, Tanh, Log, Softplus, LogSigmoid>;
TYPED_TEST_SUITE(Elementary, Functions);

TYPED_TEST(Elementary, FloatErrorIsBounded) {
  Worst<TypeParam, float, double> worst;
  sweep_floats(503, [&](float x) { worst.see(x); });
  EXPECT_LE(worst.error, TypeParam::bound) << "ulp at " << worst.x;
}

TYPED_TEST(Elementary, DoubleErrorIsBounded) {
  Worst<TypeParam, double, long double> worst;
  for (const double x : arguments<double>(400'000)) worst.see(x);
  EXPECT_LE(worst.error, TypeParam::bound) << "ulp at " << worst.x;
}

/// The loop kernels have: SIMD at every width the compiler chooses for bulk and remainder.
template <class F, class T>
void apply(const T* __restrict x, std::int64_t n, T* __restrict y) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) y[i] = F::value(x[i]);
}

/// One element at a time: volatile keeps the compiler from taking several.
template <class F, class T>
T apply_alone(T x) {
  volatile T input = x;
  volatile T output = F::value(T(input));
  return output;
}

template <class F, class T>
void expect_equal_bits() {
  std::vector<T> x = special_arguments<T>();
  for (const T more : arguments<T>(84)) x.push_back(more);
  std::shuffle(x.begin(), x.end(), std::mt19937_64(3));
  std::vector<T> alone, together(x.size());
  for (const T each : x) alone.push_back(apply_alone<F>(each));
  for (std::size_t offset = 0; offset < 16; ++offset) {
    for (std::size_t n = 1; n <= 67; ++n) {
      apply<F>(x.data() + offset, static_cast<std::int64_t>(n), together.data() + offset);
      ASSERT_EQ(std::memcmp(together.data() + offset, alone.data() + offset, n * sizeof(T)), 0)
          << n << " elements from " << offset;
    }
  }
}

TYPED_TEST(Elementary, BitsDoNotDependOnVectorWidth) {
  expect_equal_bits<TypeParam, float>();
  expect_equal_bits<TypeParam, double>();
}

template <class T>
class ElementaryLimits : public ::testing::Test {};

using Scalars = ::testing::Types<float, double>;
TYPED_TEST_SUITE(ElementaryLimits, Scalars);

TYPED_TEST(ElementaryLimits, Exp) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  EXPECT_EQ(elementary::exp(T(0)), T(1));
  EXPECT_EQ(elementary::exp(-T(0)), T(1));
  EXPECT_EQ(elementary::exp(Limits::infinity()), Limits::infinity());
  EXPECT_EQ(elementary::exp(Limits::max()), Limits::infinity());
  EXPECT_EQ(elementary::exp(-Limits::infinity()), T(0));
  EXPECT_EQ(elementary::exp(Limits::lowest()), T(0));
  EXPECT_TRUE(std::isnan(elementary::exp(Limits::quiet_NaN())));
  const T least = std::log(Limits::denorm_min());
  EXPECT_EQ(elementary::exp(least), Limits::denorm_min());
}

TYPED_TEST(ElementaryLimits, Sigmoid) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  EXPECT_EQ(elementary::sigmoid(T(0)), T(0.5));
  EXPECT_EQ(elementary::sigmoid(Limits::infinity()), T(1));
  EXPECT_EQ(elementary::sigmoid(Limits::max()), T(1));
  EXPECT_EQ(elementary::sigmoid(-Limits::infinity()), T(0));
  EXPECT_EQ(elementary::sigmoid(Limits::lowest()), T(0));
  EXPECT_TRUE(std::isnan(elementary::sigmoid(Limits::quiet_NaN())));
}

TYPED_TEST(ElementaryLimits, Tanh) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  EXPECT_EQ(elementary::tanh(Limits::infinity()), T(1));
  EXPECT_EQ(elementary::tanh(Limits::max()), T(1));
  EXPECT_EQ(elementary::tanh(Limits::denorm_min()), Limits::denorm_min());
  EXPECT_FALSE(std::signbit(elementary::tanh(T(0))));
  EXPECT_TRUE(std::signbit(elementary::tanh(-T(0))));
  EXPECT_TRUE(std::isnan(elementary::tanh(Limits::quiet_NaN())));
}

TYPED_TEST(ElementaryLimits, Log) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  EXPECT_EQ(elementary::log(T(1)), T(0));
  EXPECT_EQ(elementary::log(T(0)), -Limits::infinity());
  EXPECT_EQ(elementary::log(-T(0)), -Limits::infinity());
  EXPECT_EQ(elementary::log(Limits::infinity()), Limits::infinity());
  EXPECT_TRUE(std::isnan(elementary::log(-Limits::denorm_min())));
  EXPECT_TRUE(std::isnan(elementary::log(-Limits::infinity())));
  EXPECT_TRUE(std::isnan(elementary::log(Limits::quiet_NaN())));
  EXPECT_EQ(elementary::log(Limits::denorm_min()), std::log(Limits::denorm_min()));
}

TYPED_TEST(ElementaryLimits, SoftplusAndLogSigmoid) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  for (const T large : {T(100), Limits::max(), Limits::infinity()}) {
    EXPECT_EQ(elementary::softplus(large), large);
    EXPECT_EQ(elementary::log_sigmoid(-large), -large);
  }
  EXPECT_GT(elementary::softplus(T(-100)), T(0));
  EXPECT_EQ(elementary::softplus(Limits::lowest()), T(0));
  EXPECT_EQ(elementary::softplus(-Limits::infinity()), T(0));
  EXPECT_EQ(elementary::log_sigmoid(Limits::infinity()), T(0));
  EXPECT_TRUE(std::isnan(elementary::softplus(Limits::quiet_NaN())));
  EXPECT_TRUE(std::isnan(elementary::log_sigmoid(Limits::quiet_NaN())));
}

TYPED_TEST(ElementaryLimits, SigmoidAndTanhStayInRange) {
  using T = TypeParam;
  for (const T x : arguments<T>(100'000)) {
    const T s = elementary::sigmoid(x);
    ASSERT_TRUE(s >= T(0) && s <= T(1)) << x;
    const T t = elementary::tanh(x);
    ASSERT_TRUE(t >= T(-1) && t <= T(1)) << x;
    ASSERT_EQ(elementary::tanh(-x), -t) << x;
  }
}

TYPED_TEST(ElementaryLimits, SigmoidRisesInItsTails) {
  using T = TypeParam;
  for (const T x : arguments<T>(100'000)) {
    if (std::abs(x) < T(4)) continue;
    const T next = std::nextafter(x, std::numeric_limits<T>::max());
    ASSERT_LE(elementary::sigmoid(x), elementary::sigmoid(next)) << x;
  }
}

}  // namespace
}  // namespace lacuna
