#pragma once

#include <span>

#include "runtime/data/field.hpp"
#include "runtime/data/images/image_config.hpp"

namespace lacuna::data {

/// Reads and splits images: "input" [rows, ...], bytes in units of 1/255, and "target", their
/// classes, where there are labels. Throws DataError for damaged files, for images and labels that
/// differ in number, parts of other shapes, and classes with too few rows.
SplitData load_images(const IdxSource& source);
SplitData load_images(const NpySource& source);

/// The rows of a file, .npy or IDX by its first bytes, for a model of rows of `columns` numbers.
DataSet read_image_rows(const std::string& path, std::int64_t columns);

/// Numbers of `per_class` rows of each class, ascending, drawn by the seed. Throws DataError that
/// names a class with fewer.
std::vector<std::int64_t> balanced_rows(const Labels& labels, std::int64_t per_class,
                                        std::uint64_t seed);

}  // namespace lacuna::data
