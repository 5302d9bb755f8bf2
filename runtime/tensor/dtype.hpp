#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace lacuna {

enum class DType { f32, f64 };

constexpr std::size_t dtype_size(DType dtype) {
  return dtype == DType::f32 ? 4 : 8;
}
constexpr std::string_view dtype_name(DType dtype) {
  return dtype == DType::f32 ? "float32" : "float64";
}

template <class T>
constexpr DType dtype_of() {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>);
  return std::is_same_v<T, float> ? DType::f32 : DType::f64;
}

}  // namespace lacuna
