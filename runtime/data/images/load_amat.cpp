#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/data/checksum.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/find_file.hpp"
#include "runtime/data/images/image_arrays.hpp"
#include "runtime/data/images/load_images.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

/// A row's extents.
std::vector<std::int64_t> shape_of(const AmatSource& source, const ImageRows& file) {
  const std::int64_t columns = file.rows.columns();
  if (source.shape.empty()) {
    return columns == 28 * 28 ? std::vector<std::int64_t>{28, 28} : file.rows.shape;
  }
  std::int64_t left = columns;  // divided, since a product may overflow
  for (const std::int64_t extent : source.shape) {
    if (extent < 1 || left % extent != 0) left = 0;
    if (left != 0) left /= extent;
  }
  if (left == 1) return source.shape;
  throw DataError(
      fmt::format("{}: rows of {} columns, which is not the product of data.shape's extents",
                  file.path, columns));
}

}  // namespace

SplitData load_images(const AmatSource& source) {
  const std::string folder = resolve_path(source.path);
  if (!holds_files(folder)) {
    throw_missing(source.path, folder, "Set data.path to the folder of the .amat files");
  }
  Checksum checksum;
  const auto read = [&](const std::string& name, std::string_view key) {
    const std::optional<std::string> file = find_file(folder, name);
    if (!file) {
      throw DataError(
          fmt::format("no file {} in {}, packed or not: set data.{}", name, folder, key));
    }
    ImageRows rows = read_amat_rows(*file, source.max_bytes);
    checksum.update(rows.checksum.data(), rows.checksum.size());
    return rows;
  };
  std::array parts{read(source.train, "train"), read(source.validation, "validation"),
                   read(source.test, "test")};
  const std::vector<std::int64_t> shape = shape_of(source, parts[0]);
  SplitData split;
  const auto put = [&](DataSet& into, ImageRows& part) {
    if (part.rows.columns() != parts[0].rows.columns()) {
      throw DataError(fmt::format("{}: rows of {} columns, those of {} have {}", part.path,
                                  part.rows.columns(), parts[0].path, parts[0].rows.columns()));
    }
    part.rows.shape = shape;
    into = {{}, folder, checksum.hex()};
    into.fields.emplace("input", std::move(part.rows));
  };
  put(split.test, parts[2]);
  put(split.validation, parts[1]);
  put(split.train, parts[0]);
  return split;
}

}  // namespace lacuna::data
