#pragma once

#include "runtime/config/fields.hpp"

namespace lacuna::experiments {

/// How predictions move with the number of known values of a row, after Figure 1 of *Why Not to Use
/// Zero Imputation?*: test entries, input masks resampled.
struct ProbeConfig {
  int pairs = 200;
  int draws = 20;
  int levels = 20;

  template <class V>
  static void fields(V& v) {
    v(&ProbeConfig::pairs, "pairs", config::range(1, 100000),
      "test pairs of row and column, each of another row, of those with the most known values");
    v(&ProbeConfig::draws, "draws", config::range(1, 1000),
      "input masks drawn of each pair at each level");
    v(&ProbeConfig::levels, "levels", config::range(2, 100), "numbers of known values tried");
  }
};

}  // namespace lacuna::experiments
