#pragma once

#include <utility>

#include "kernels/core/device_code.hpp"
#include "kernels/core/elementary.hpp"

namespace lacuna {

enum class Activation { identity, sigmoid, tanh, relu };

inline namespace LACUNA_NS {

/// Scalar activations. `derivative` takes the activation's value, so backward passes need no input.
struct Identity {
  template <class T>
  LACUNA_INLINE static T value(T x) {
    return x;
  }
  template <class T>
  LACUNA_INLINE static T derivative(T) {
    return T(1);
  }
};

struct Sigmoid {
  template <class T>
  LACUNA_INLINE static T value(T x) {
    return elementary::sigmoid(x);
  }
  template <class T>
  LACUNA_INLINE static T derivative(T y) {
    return y * (T(1) - y);
  }
};

struct Tanh {
  template <class T>
  LACUNA_INLINE static T value(T x) {
    return elementary::tanh(x);
  }
  template <class T>
  LACUNA_INLINE static T derivative(T y) {
    return T(1) - y * y;
  }
};

struct Relu {
  /// Written so that a NaN stays one.
  template <class T>
  LACUNA_INLINE static T value(T x) {
    return x <= T(0) ? T(0) : x;
  }
  template <class T>
  LACUNA_INLINE static T derivative(T y) {
    return y > T(0) ? T(1) : T(0);
  }
};

/// Calls `f` with the functor of `activation`: the choice is made once a call, not once an element.
template <class F>
auto with_activation(Activation activation, F&& f) {
  switch (activation) {
    case Activation::sigmoid:
      return std::forward<F>(f)(Sigmoid{});
    case Activation::tanh:
      return std::forward<F>(f)(Tanh{});
    case Activation::relu:
      return std::forward<F>(f)(Relu{});
    case Activation::identity:
      break;
  }
  return std::forward<F>(f)(Identity{});
}

}  // namespace LACUNA_NS

}  // namespace lacuna
