#include "runtime/data/images/image_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/data/file_bytes.hpp"
#include "runtime/data/images/amat_file.hpp"
#include "runtime/data/images/idx_file.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/images/png_file.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr double pixel_unit = 1.0 / 255;

/// The extents of a row.
DenseArray array_of(const std::string& path, const std::vector<std::int64_t>& shape) {
  if (shape.size() < 2) {
    throw DataError(
        fmt::format("{}: an array of {} extents, where rows take two or more", path, shape.size()));
  }
  DenseArray array;
  array.rows = shape.front();
  array.shape.assign(shape.begin() + 1, shape.end());
  if (array.rows == 0 || array.columns() == 0) throw DataError(path + ": there are no rows in it");
  if (array.rows > 2147483647) throw DataError(path + ": more than 2147483647 rows");
  return array;
}

/// A NaN becomes a hole.
void open_holes(const std::string& path, DenseArray& array) {
  auto& values = std::get<std::vector<float>>(array.values);
  const std::int64_t columns = array.columns();
  const auto infinite = std::ranges::find_if(values, [](float v) { return std::isinf(v); });
  if (infinite != values.end()) {
    const auto at = infinite - values.begin();
    throw DataError(
        fmt::format("{}: row {}, value {}: infinite", path, at / columns, at % columns));
  }
  if (std::ranges::none_of(values, [](float v) { return std::isnan(v); })) return;
  array.mask.resize(static_cast<std::size_t>(array.rows * mask_row_bytes(columns)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    if (std::isnan(values[i])) {
      values[i] = 0;
    } else {
      set_observed(array.mask, columns, at / columns, at % columns);
    }
  }
}

ImageRows rows_of(const std::string& path, IdxArray file) {
  DenseArray rows = array_of(path, file.shape);
  rows.values = std::move(file.values);
  rows.byte_unit = pixel_unit;
  return {std::move(rows), path, file.checksum};
}

ImageRows rows_of(const std::string& path, NpyArray file) {
  DenseArray rows = array_of(path, file.shape);
  if (auto* bytes = std::get_if<std::vector<std::uint8_t>>(&file.values)) {
    rows.values = std::move(*bytes);
    rows.byte_unit = file.boolean ? 1 : pixel_unit;
  } else if (auto* numbers = std::get_if<std::vector<float>>(&file.values)) {
    rows.values = std::move(*numbers);
    open_holes(path, rows);
  } else {
    const auto& integers = std::get<std::vector<std::int64_t>>(file.values);
    rows.values = std::vector<float>(integers.begin(), integers.end());
  }
  return {std::move(rows), path, file.checksum};
}

void check_vector(const std::string& path, const std::vector<std::int64_t>& shape) {
  const bool one = shape.size() == 1 || (shape.size() == 2 && shape[1] == 1);
  if (!one) throw DataError(path + ": classes are an array of one extent");
}

/// A record of CIFAR-10 may begin alike, but then the file is of whole ones.
bool begins_as_idx(const FileBytes& file) {
  constexpr std::size_t record = 1 + cifar_side * cifar_side * cifar_colours;
  return file.bytes.starts_with(std::string_view("\0\0\x08", 3)) && file.bytes.size() % record != 0;
}

}  // namespace

ImageRows read_rows(const std::string& path, std::uint64_t max_bytes) {
  if (without_packing(path).ends_with(".amat")) return read_amat_rows(path, max_bytes);
  const FileBytes file = read_bytes(path, max_bytes);
  if (file.bytes.starts_with("\x93NUMPY")) return rows_of(path, parse_npy(file));
  CifarImages images;
  if (begins_as_png(file)) {
    add_cifar_sheet(file, max_bytes, images);
  } else if (without_packing(path).ends_with(".bin") && !begins_as_idx(file)) {
    add_cifar_batch(file, images);
  } else {
    return rows_of(path, parse_idx(file));
  }
  return cifar_rows(std::move(images), path, file.checksum);
}

ImageRows cifar_rows(CifarImages images, std::string path, std::string checksum) {
  constexpr std::int64_t columns = cifar_side * cifar_side * cifar_colours;
  DenseArray rows{std::ssize(images.pixels) / columns,
                  {cifar_side, cifar_side, cifar_colours},
                  std::move(images.pixels),
                  {},
                  pixel_unit};
  return {std::move(rows), std::move(path), std::move(checksum)};
}

ImageRows read_amat_rows(const std::string& path, std::uint64_t max_bytes) {
  AmatArray file = read_amat(path, max_bytes);
  DenseArray rows{.rows = file.rows, .shape = {file.columns}, .values = {}, .mask = {}};
  rows.values = std::move(file.values);
  return {std::move(rows), path, file.checksum};
}

ImageRows read_idx_rows(const std::string& path, std::uint64_t max_bytes) {
  return rows_of(path, read_idx(path, max_bytes));
}

ImageRows read_npy_rows(const std::string& path, std::uint64_t max_bytes) {
  return rows_of(path, read_npy(path, max_bytes));
}

ImageLabels read_idx_labels(const std::string& path, std::uint64_t max_bytes) {
  const IdxArray file = read_idx(path, max_bytes);
  check_vector(path, file.shape);
  return {{file.values.begin(), file.values.end()}, path, file.checksum};
}

ImageLabels read_npy_labels(const std::string& path, std::uint64_t max_bytes) {
  const NpyArray file = read_npy(path, max_bytes);
  check_vector(path, file.shape);
  ImageLabels labels{{}, path, file.checksum};
  std::visit(
      [&]<class T>(const std::vector<T>& values) {
        for (const T value : values) {
          const bool whole = value >= T(0) && static_cast<double>(value) < 0x1p24 &&
                             static_cast<double>(value) == std::floor(static_cast<double>(value));
          if (!whole) {
            throw DataError(fmt::format("{}: row {}: {} is no class, a whole number from 0 to 2^24",
                                        path, labels.number.size(), value));
          }
          labels.number.push_back(static_cast<std::int64_t>(value));
        }
      },
      file.values);
  return labels;
}

}  // namespace lacuna::data
