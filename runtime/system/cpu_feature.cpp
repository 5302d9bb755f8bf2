#include "runtime/system/cpu.hpp"

namespace lacuna::system {

[[gnu::target("no-avx,no-bmi,no-bmi2,no-lzcnt,no-movbe")]] const char*
missing_cpu_feature() noexcept {
  __builtin_cpu_init();
#ifdef __SSE4_2__
  if (!__builtin_cpu_supports("sse4.2")) return "sse4.2";
#endif
#ifdef __POPCNT__
  if (!__builtin_cpu_supports("popcnt")) return "popcnt";
#endif
#ifdef __AVX__
  if (!__builtin_cpu_supports("avx")) return "avx";
#endif
#ifdef __AVX2__
  if (!__builtin_cpu_supports("avx2")) return "avx2";
#endif
#ifdef __FMA__
  if (!__builtin_cpu_supports("fma")) return "fma";
#endif
#ifdef __BMI__
  if (!__builtin_cpu_supports("bmi")) return "bmi";
#endif
#ifdef __BMI2__
  if (!__builtin_cpu_supports("bmi2")) return "bmi2";
#endif
#ifdef __LZCNT__
  if (!__builtin_cpu_supports("lzcnt")) return "lzcnt";
#endif
#ifdef __AVX512F__
  if (!__builtin_cpu_supports("avx512f")) return "avx512f";
#endif
#ifdef __AVX512CD__
  if (!__builtin_cpu_supports("avx512cd")) return "avx512cd";
#endif
#ifdef __AVX512VL__
  if (!__builtin_cpu_supports("avx512vl")) return "avx512vl";
#endif
#ifdef __AVX512BW__
  if (!__builtin_cpu_supports("avx512bw")) return "avx512bw";
#endif
#ifdef __AVX512DQ__
  if (!__builtin_cpu_supports("avx512dq")) return "avx512dq";
#endif
#ifdef __AVX512VBMI__
  if (!__builtin_cpu_supports("avx512vbmi")) return "avx512vbmi";
#endif
  return nullptr;
}

}  // namespace lacuna::system
