#include "runtime/data/images/load_images.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

#include "runtime/data/data_path.hpp"
#include "runtime/data/images/image_arrays.hpp"
#include "runtime/data/images/split_images.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

std::string find_idx(const fs::path& folder, const std::string& name, std::string_view key) {
  std::error_code ignored;
  for (const std::string ending : {"", ".gz"}) {
    if (fs::exists(folder / (name + ending), ignored)) return folder / (name + ending);
  }
  throw DataError(fmt::format("no file {} in {}, with .gz or without: set data.{}", name,
                              folder.string(), key));
}

}  // namespace

SplitData load_images(const IdxSource& source) {
  const fs::path folder = resolve_path(source.path);
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw_missing(source.path, folder.string(), "Set data.path to the folder of the IDX files");
  }
  const auto rows = [&](const std::string& name, std::string_view key) {
    return read_idx_rows(find_idx(folder, name, key), source.max_bytes);
  };
  const auto labels = [&](const std::string& name, std::string_view key) {
    return read_idx_labels(find_idx(folder, name, key), source.max_bytes);
  };
  ImagePart train{rows(source.train_images, "train_images"),
                  labels(source.train_labels, "train_labels")};
  ImagePart test{rows(source.test_images, "test_images"),
                 labels(source.test_labels, "test_labels")};
  return split_images(std::move(train), std::move(test), source, std::nullopt, folder.string());
}

SplitData load_images(const NpySource& source) {
  const auto part = [&](const std::string& images, const std::string& labels) {
    ImagePart read{read_npy_rows(locate_file(images, "data.path"), source.max_bytes), {}};
    if (!labels.empty()) {
      read.labels = read_npy_labels(locate_file(labels, "data.labels"), source.max_bytes);
    }
    return read;
  };
  std::optional<ImagePart> test;
  if (!source.test_path.empty()) test = part(source.test_path, source.test_labels);
  ImagePart train = part(source.path, source.labels);
  const std::string path = train.images.path;
  return split_images(std::move(train), std::move(test), source, source.test_share, path);
}

DataSet read_image_rows(const std::string& path, std::int64_t columns) {
  ImageRows file = read_rows(path, default_max_bytes);
  if (file.rows.columns() != columns) {
    throw DataError(fmt::format("{}: rows of {} numbers, where the model takes {}", path,
                                file.rows.columns(), columns));
  }
  DataSet data{{}, path, file.checksum};
  data.fields.emplace("input", std::move(file.rows));
  return data;
}

}  // namespace lacuna::data
