#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "kernels/core/activation.hpp"
#include "runtime/config/fields.hpp"

template <>
struct lacuna::config::EnumNames<lacuna::Activation> {
  static constexpr std::array<std::pair<std::string_view, Activation>, 4> values{
      {{"identity", Activation::identity},
       {"sigmoid", Activation::sigmoid},
       {"tanh", Activation::tanh},
       {"relu", Activation::relu}}};
};
