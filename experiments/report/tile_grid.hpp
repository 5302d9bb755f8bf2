#pragma once

#include <string>
#include <vector>

#include "experiments/report/chart.hpp"

namespace lacuna::experiments::report {

/// Tiles as one matrix of grey values, with a line of the ground between them.
class TileGrid {
 public:
  explicit TileGrid(const Tiles& tiles);

  /// gnuplot's, for a picture without axes.
  std::string script() const;
  /// Of a picture of that width, both in pixels.
  int picture_height(int width) const;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<int> grey_;  // [rows, columns], 0 to 255
};

}  // namespace lacuna::experiments::report
