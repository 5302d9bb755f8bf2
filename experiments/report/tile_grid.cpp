#include "experiments/report/tile_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace lacuna::experiments::report {

namespace {

constexpr int ground = 255;

std::pair<float, float> range_of(const Tiles& tiles, std::span<const float> tile) {
  if (tiles.scale == Tiles::Scale::unit) return {0, 1};
  return std::minmax(*std::ranges::min_element(tile), *std::ranges::max_element(tile));
}

int grey_of(float value, std::pair<float, float> range) {
  const float width = range.second - range.first;
  const float share = width > 0 ? (value - range.first) / width : 0;
  return std::isfinite(share) ? static_cast<int>(std::lround(255 * std::clamp(share, 0.F, 1.F)))
                              : ground;
}

}  // namespace

TileGrid::TileGrid(const Tiles& tiles) {
  const std::size_t size = tiles.height * tiles.width;
  const std::size_t count = tiles.values.size() / size;
  const std::size_t across = std::min(tiles.a_line, count);
  columns_ = across * (tiles.width + 1) - 1;
  rows_ = (count + across - 1) / across * (tiles.height + 1) - 1;
  grey_.assign(rows_ * columns_, ground);
  for (std::size_t i = 0; i < count; ++i) {
    const auto tile = std::span(tiles.values).subspan(i * size, size);
    const auto range = range_of(tiles, tile);
    const std::size_t top = i / across * (tiles.height + 1);
    const std::size_t left = i % across * (tiles.width + 1);
    for (std::size_t p = 0; p < size; ++p) {
      const std::size_t row = top + p / tiles.width;
      grey_[row * columns_ + left + p % tiles.width] = grey_of(tile[p], range);
    }
  }
}

std::string TileGrid::script() const {
  std::string text =
      "unset border\nunset tics\nset lmargin 0\nset rmargin 0\nset tmargin 0\nset bmargin 0\n"
      "set yrange [*:*] reverse\n$tiles << EOD\n";
  for (std::size_t r = 0; r < rows_; ++r) {
    for (std::size_t c = 0; c < columns_; ++c) {
      text += fmt::format("{}", grey_[r * columns_ + c]);
      text += c + 1 < columns_ ? ' ' : '\n';
    }
  }
  return text + "EOD\nplot $tiles matrix using 1:2:3:3:3 with rgbimage notitle\n";
}

int TileGrid::picture_height(int width) const {
  return static_cast<int>(static_cast<double>(width) * static_cast<double>(rows_) /
                          static_cast<double>(columns_));
}

}  // namespace lacuna::experiments::report
