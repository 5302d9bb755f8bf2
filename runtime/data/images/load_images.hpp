#pragma once

#include <string>

#include "runtime/data/field.hpp"
#include "runtime/data/images/image_config.hpp"

namespace lacuna::data {

/// Reads and splits images: "input" [rows, ...], bytes in units of 1/255 (binary ones of 1), and
/// "target", their classes, where there are labels. Throws DataError for damaged files, for images
/// and labels that differ in number, parts of other shapes, and classes with too few rows.
SplitData load_images(const AmatSource& source);
SplitData load_images(const CifarSource& source);
SplitData load_images(const IdxSource& source);
SplitData load_images(const NpySource& source);

/// The rows of a file for a model of rows of `columns` numbers: .npy, a PNG sheet or IDX by its
/// first bytes, a batch of CIFAR-10 and rows of 0 and 1 by their names' ends, .bin and .amat.
DataSet read_image_rows(const std::string& path, std::int64_t columns);

}  // namespace lacuna::data
