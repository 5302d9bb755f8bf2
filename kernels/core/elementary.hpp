#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "kernels/core/device_code.hpp"

/// Exponential functions for loops over elements: no branches and always inlined (one call left
/// keeps a loop scalar), so that the compiler makes SIMD of them at any width, and explicit fma, so
/// that every width gives the same bits. T is float or double. Bounds of the error in units in the
/// last place, denormal results included (float: checked over every argument; double: sampled):
///
///   exp          1.1   overflow gives infinity
///   sigmoid      2.5   within [0, 1]; monotone where |x| >= 4
///   tanh         3.0   odd, within [-1, 1]; keeps the sign of 0
///   log          1.0   -infinity at 0, NaN below
///   softplus     2.5   log(1 + e^x), not negative
///   log_sigmoid  2.5   -softplus(-x)
///
/// Infinities give the limits, NaN gives NaN. They rely on rounding to nearest, on denormals being
/// kept and on -ffp-contract=off.
namespace lacuna {
inline namespace LACUNA_NS {
namespace elementary {

namespace detail {

template <class T>
struct Format;

template <>
struct Format<float> {
  using Bits = std::uint32_t;
  static constexpr int mantissa_bits = 23;
  static constexpr Bits bias = 127;
  static constexpr float shifter = 0x1.8p23f;
  static constexpr float log2_e = 0x1.715476p0f;
  static constexpr float ln2_high = 0x1.62e43p-1f;
  static constexpr float ln2_low = -0x1.05c61p-29f;
  static constexpr float exp_lowest = -104.0f;   ///< exp is 0 from here down
  static constexpr float exp_highest = 89.0f;    ///< exp is infinite from here up
  static constexpr float expm1_highest = 20.0f;  ///< tanh(x / 2) is 1 from here up
  static constexpr float short_ln2_high =
      0x1.62e300p-1f;  ///< its product with an exponent is exact
  static constexpr float short_ln2_low = 0x1.2fefa2p-17f;
};

template <>
struct Format<double> {
  using Bits = std::uint64_t;
  static constexpr int mantissa_bits = 52;
  static constexpr Bits bias = 1023;
  static constexpr double shifter = 0x1.8p52;
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double ln2_high = 0x1.62e42fefa39efp-1;
  static constexpr double ln2_low = 0x1.abc9e3b39803fp-56;
  static constexpr double exp_lowest = -746.0;
  static constexpr double exp_highest = 710.0;
  static constexpr double expm1_highest = 40.0;
  static constexpr double short_ln2_high = 0x1.62e42feep-1;
  static constexpr double short_ln2_low = 0x1.a39ef35793c76p-33;
};

template <class T>
using Bits = typename Format<T>::Bits;

template <class T>
LACUNA_INLINE T with_sign_of(T x, T magnitude) {
  constexpr Bits<T> mask = std::bit_cast<Bits<T>>(T(-0.0));
  return std::bit_cast<T>((std::bit_cast<Bits<T>>(x) & mask) | std::bit_cast<Bits<T>>(magnitude));
}

/// 2^(exponent - bias), for a normal result.
template <class T>
LACUNA_INLINE T power_of_two(Bits<T> exponent) {
  return std::bit_cast<T>(exponent << Format<T>::mantissa_bits);
}

/// (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2: minimax polynomials by Remez exchange. They leave e^r
/// with a relative error of 2^-27.9 (float) and 2^-61.2 (double). Horner's rule: loops overlap the
/// chains of several elements.
LACUNA_INLINE float exp_tail(float r) {
  float q = 0x1.6a2468p-10f;
  q = std::fma(q, r, 0x1.1239d6p-7f);
  q = std::fma(q, r, 0x1.5558f2p-5f);
  q = std::fma(q, r, 0x1.555492p-3f);
  return std::fma(q, r, 0x1.fffffcp-2f);
}

LACUNA_INLINE double exp_tail(double r) {
  double q = 0x1.1ee8835cce27fp-29;
  q = std::fma(q, r, 0x1.af5e6a0d82299p-26);
  q = std::fma(q, r, 0x1.27e53629c2028p-22);
  q = std::fma(q, r, 0x1.71ddf88480a38p-19);
  q = std::fma(q, r, 0x1.a01a017bca1dap-16);
  q = std::fma(q, r, 0x1.a01a01afd1cf7p-13);
  q = std::fma(q, r, 0x1.6c16c16c1f064p-10);
  q = std::fma(q, r, 0x1.111111110f6dfp-7);
  q = std::fma(q, r, 0x1.555555555553fp-5);
  q = std::fma(q, r, 0x1.5555555555559p-3);
  return std::fma(q, r, 0.5);
}

/// e^x = 2^n (1 + p), |p| < 0.42; n counts modulo 2^(width of Bits). x must be clamped.
template <class T>
struct Split {
  Bits<T> n;
  T p;
};

template <class T>
LACUNA_INLINE Split<T> split_exp(T x) {
  using F = Format<T>;
  // The sum's last bit is worth 1: it rounds to an integer and holds it in its low bits.
  const T shifted = std::fma(x, F::log2_e, F::shifter);
  const T n = shifted - F::shifter;
  const T r = std::fma(n, -F::ln2_low, std::fma(n, -F::ln2_high, x));
  return {std::bit_cast<Bits<T>>(shifted) - std::bit_cast<Bits<T>>(F::shifter),
          std::fma(r * r, exp_tail(r), r)};
}

/// (log(1 + f) - f + f^2 / 2) / s - f^2 / 2 for s = f / (2 + f), z = s^2 and 1 + f in
/// [sqrt(1/2), sqrt(2)): the polynomials of fdlibm (Sun, 1993) and of its float version.
LACUNA_INLINE float log_tail(float z) {
  float q = 0xf89e26.0p-26f;
  q = std::fma(q, z, 0x91e9ee.0p-25f);
  q = std::fma(q, z, 0xccce13.0p-25f);
  return z * std::fma(q, z, 0xaaaaaa.0p-24f);
}

LACUNA_INLINE double log_tail(double z) {
  double q = 1.479819860511658591e-01;
  q = std::fma(q, z, 1.531383769920937332e-01);
  q = std::fma(q, z, 1.818357216161805012e-01);
  q = std::fma(q, z, 2.222219843214978396e-01);
  q = std::fma(q, z, 2.857142874366239149e-01);
  q = std::fma(q, z, 3.999999999940941908e-01);
  return z * std::fma(q, z, 6.666666666666735130e-01);
}

/// log(2^exponent (1 + f)).
template <class T>
LACUNA_INLINE T log_of(T exponent, T f) {
  using F = Format<T>;
  const T s = f / (T(2) + f);
  const T half = T(0.5) * f * f;
  const T low = std::fma(s, half + log_tail(s * s), exponent * F::short_ln2_low);
  return std::fma(exponent, F::short_ln2_high, f - (half - low));
}

/// log(1 + e) for e in [0, 1], accurate relative to small e, which a sum with 1 would lose.
template <class T>
LACUNA_INLINE T log_of_one_and(T e) {
  const bool large = e > T(0.41421356237309504880L);  // 1 + e above sqrt(2): halved
  return log_of(large ? T(1) : T(0), large ? T(0.5) * (e - T(1)) : e);
}

}  // namespace detail

/// The natural logarithm.
template <class T>
LACUNA_INLINE T log(T x) {
  using F = detail::Format<T>;
  using Limits = std::numeric_limits<T>;
  constexpr auto root_half = std::bit_cast<detail::Bits<T>>(T(0.70710678118654752440L));
  constexpr int lift = F::mantissa_bits + 2;
  // x = 2^k (1 + f): the bits of sqrt(1/2) subtracted leave k above the mantissa. Denormals are
  // lifted to normal numbers first.
  const bool tiny = x < Limits::min();
  const T normal = tiny ? x * detail::power_of_two<T>(F::bias + lift) : x;
  const auto above = std::bit_cast<detail::Bits<T>>(normal) - root_half;
  const auto k = static_cast<std::make_signed_t<detail::Bits<T>>>(above) >> F::mantissa_bits;
  const auto mantissa = (above & ((detail::Bits<T>(1) << F::mantissa_bits) - 1)) + root_half;
  const T exponent = static_cast<T>(k) - (tiny ? T(lift) : T(0));
  T result = detail::log_of(exponent, std::bit_cast<T>(mantissa) - T(1));
  result = x < T(0) ? Limits::quiet_NaN() : result;
  result = x == T(0) ? -Limits::infinity() : result;
  return x < Limits::infinity() ? result : x;  // infinity, and NaN
}

/// e^x.
template <class T>
LACUNA_INLINE T exp(T x) {
  using F = detail::Format<T>;
  x = x < F::exp_lowest ? F::exp_lowest : x;
  x = x > F::exp_highest ? F::exp_highest : x;
  const auto [n, p] = detail::split_exp(x);
  // In two steps: 2^n alone may leave the range, and only the last product may round.
  const auto exponent = n + 2 * F::bias;
  const auto half = exponent / 2;
  return (T(1) + p) * detail::power_of_two<T>(half) * detail::power_of_two<T>(exponent - half);
}

/// 1 / (1 + e^-x), with no cancellation and no overflow on either side.
template <class T>
LACUNA_INLINE T sigmoid(T x) {
  const T e = exp(x < T(0) ? x : -x);
  return (x < T(0) ? e : T(1)) / (T(1) + e);
}

/// log(1 + e^-|x|): what softplus(x) has beyond max(x, 0).
template <class T>
LACUNA_INLINE T softplus_tail(T x) {
  return detail::log_of_one_and(exp(x < T(0) ? x : -x));
}

/// log(1 + e^x), whose derivative is the sigmoid, with no cancellation and no overflow.
template <class T>
LACUNA_INLINE T softplus(T x) {
  return (x > T(0) ? x : T(0)) + softplus_tail(x);
}

/// log(sigmoid(x)).
template <class T>
LACUNA_INLINE T log_sigmoid(T x) {
  return -softplus(-x);
}

/// (e^2x - 1) / (e^2x + 1), accurate relative to x near 0.
template <class T>
LACUNA_INLINE T tanh(T x) {
  using F = detail::Format<T>;
  T twice = T(2) * (x < T(0) ? -x : x);
  twice = twice > F::expm1_highest ? F::expm1_highest : twice;
  const auto [n, p] = detail::split_exp(twice);
  const T power = detail::power_of_two<T>(n + F::bias);
  const T expm1 = std::fma(power, p, power - T(1));
  return detail::with_sign_of(x, expm1 / (expm1 + T(2)));
}

}  // namespace elementary
}  // namespace LACUNA_NS
}  // namespace lacuna
