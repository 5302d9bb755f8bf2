#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

namespace lacuna {

enum class DType { f32, f64, i32, i64, u8 };

constexpr std::size_t dtype_size(DType dtype) {
  switch (dtype) {
    case DType::f32:
    case DType::i32:
      return 4;
    case DType::f64:
    case DType::i64:
      return 8;
    case DType::u8:
      break;
  }
  return 1;
}

constexpr std::string_view dtype_name(DType dtype) {
  constexpr std::string_view names[] = {"float32", "float64", "int32", "int64", "uint8"};
  return names[static_cast<std::size_t>(dtype)];
}

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, float>) return DType::f32;
  if constexpr (std::is_same_v<T, double>) return DType::f64;
  if constexpr (std::is_same_v<T, std::int32_t>) return DType::i32;
  if constexpr (std::is_same_v<T, std::int64_t>) return DType::i64;
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double> ||
                std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t> ||
                std::is_same_v<T, std::uint8_t>);
  return DType::u8;
}

/// What `f.template operator()<T>()` returns, T being the floating-point type that `dtype` says:
/// where models and layers, which know no types, meet the kernels. Throws std::logic_error for
/// other types.
template <class F>
decltype(auto) with_dtype(DType dtype, F&& f) {
  if (dtype == DType::f32) return std::forward<F>(f).template operator()<float>();
  if (dtype == DType::f64) return std::forward<F>(f).template operator()<double>();
  throw std::logic_error("an op on floating-point numbers was given others");
}

}  // namespace lacuna
