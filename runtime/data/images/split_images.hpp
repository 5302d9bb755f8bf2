#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/images/image_arrays.hpp"
#include "runtime/data/images/image_config.hpp"

namespace lacuna::data {

/// Images and, where there are any, their labels.
struct ImagePart {
  ImageRows images;
  std::optional<ImageLabels> labels;
};

/// Makes data sets of what was read, with the fields that load_images.hpp names. Without a test
/// part of its own `test_share` of the rows becomes one. Throws DataError where images and labels
/// differ in number, parts in shape, and a class has too few rows; ConfigError as hide_cells().
SplitData split_images(ImagePart train, std::optional<ImagePart> test, const ImagesConfig& config,
                       std::optional<double> test_share, const std::string& source);

/// Numbers of `per_class` rows of each class, ascending, drawn by the seed. Throws DataError that
/// names a class with fewer.
std::vector<std::int64_t> balanced_rows(const Labels& labels, std::int64_t per_class,
                                        std::uint64_t seed);

}  // namespace lacuna::data
