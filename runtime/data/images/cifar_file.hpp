#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/data/file_bytes.hpp"

/// The files of CIFAR-10 (Krizhevsky 2009).
namespace lacuna::data {

inline constexpr std::int64_t cifar_side = 32;
inline constexpr std::int64_t cifar_colours = 3;
inline constexpr std::array<std::string_view, 10> cifar_classes{
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};

struct CifarImages {
  std::vector<std::uint8_t> pixels;  ///< [images, 32, 32, 3]
  std::vector<std::uint8_t> labels;  ///< [images], 0 to 9; empty in sheets
};

/// What adds a file's images to those before. All throw DataError that names the file and the
/// record where it is damaged, ends early or is another.

/// A batch of the published binary version: records of a class's byte, then 1024 bytes each of red,
/// green and blue.
void add_cifar_batch(const FileBytes& file, CifarImages& images);

/// A PNG picture 32 pixels wide with the images one below the other.
void add_cifar_sheet(const FileBytes& file, std::uint64_t max_bytes, CifarImages& images);

/// The classes of sheets, a byte each.
void add_cifar_labels(const FileBytes& file, CifarImages& images);

}  // namespace lacuna::data
