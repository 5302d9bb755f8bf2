#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// Small files in CIFAR-10's forms; image i has class i % 10 and at row y, column x, colour c the
/// value colour_at().
namespace lacuna::testing {

constexpr std::uint8_t colour_at(int image, int y, int x, int colour) {
  return static_cast<std::uint8_t>(image * 7 + y * 32 + x + colour * 80);
}

inline std::string cifar_batch(int first, int count) {
  std::string bytes;
  for (int i = first; i < first + count; ++i) {
    bytes += static_cast<char>(i % 10);
    for (int c = 0; c < 3; ++c) {
      for (int p = 0; p < 1024; ++p) bytes += static_cast<char>(colour_at(i, p / 32, p % 32, c));
    }
  }
  return bytes;
}

inline std::vector<std::uint8_t> cifar_pixels(int first, int count) {
  std::vector<std::uint8_t> pixels;
  for (int i = first; i < first + count; ++i) {
    for (int p = 0; p < 1024; ++p) {
      for (int c = 0; c < 3; ++c) pixels.push_back(colour_at(i, p / 32, p % 32, c));
    }
  }
  return pixels;
}

inline std::string cifar_labels(int first, int count) {
  std::string bytes;
  for (int i = first; i < first + count; ++i) bytes += static_cast<char>(i % 10);
  return bytes;
}

}  // namespace lacuna::testing
