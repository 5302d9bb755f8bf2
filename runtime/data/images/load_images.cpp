#include "runtime/data/images/load_images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "runtime/data/checksum.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/images/image_arrays.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/split_rows.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

/// Images and, where there are any, their labels.
struct Part {
  ImageRows images;
  std::optional<ImageLabels> labels;
};

void check_rows(const Part& part) {
  const auto rows = static_cast<std::size_t>(part.images.rows.rows);
  if (!part.labels || part.labels->number.size() == rows) return;
  throw DataError(fmt::format("{} has {} rows, {} classes of {}", part.images.path, rows,
                              part.labels->path, part.labels->number.size()));
}

/// The classes that occur, by number.
std::vector<std::int64_t> classes_of(const std::vector<const Part*>& parts) {
  std::vector<std::int64_t> classes;
  for (const Part* part : parts) {
    classes.insert(classes.end(), part->labels->number.begin(), part->labels->number.end());
    std::ranges::sort(classes);
    classes.erase(std::ranges::unique(classes).begin(), classes.end());
  }
  if (classes.size() < 2 || classes.size() > 65536) {
    throw DataError(fmt::format("{}: {} different classes, where there may be 2 to 65536",
                                parts.front()->labels->path, classes.size()));
  }
  return classes;
}

Labels labels_of(const ImageLabels& file, const std::vector<std::int64_t>& classes) {
  Labels labels;
  for (const std::int64_t number : classes) labels.classes.push_back(std::to_string(number));
  for (const std::int64_t number : file.number) {
    const auto at = std::ranges::lower_bound(classes, number) - classes.begin();
    labels.value.push_back(static_cast<std::int32_t>(at));
  }
  return labels;
}

DataSet data_set(Part part, const std::vector<std::int64_t>& classes, const std::string& source,
                 const std::string& checksum) {
  DataSet data{{}, source, checksum};
  if (part.labels) data.fields.emplace("target", labels_of(*part.labels, classes));
  data.fields.emplace("input", std::move(part.images.rows));
  return data;
}

/// The rows that train: without those of validation, and as many of each class as are wanted.
DataSet training_rows(const DataSet& data, const RowParts& rows, const ImagesConfig& config) {
  DataSet train = take_rows(data, rows.train);
  if (config.rows_per_class == 0) return train;
  const auto& labels = std::get<Labels>(train.fields.at("target"));
  return take_rows(train, balanced_rows(labels, config.rows_per_class, config.split_seed));
}

std::span<const std::int32_t> stratum_of(const DataSet& data) {
  const auto target = data.fields.find("target");
  if (target == data.fields.end()) return {};
  return std::get<Labels>(target->second).value;
}

SplitData split(Part train, std::optional<Part> test, const ImagesConfig& config,
                std::optional<double> test_share, const std::string& source) {
  std::vector<const Part*> parts{&train};
  if (test) parts.push_back(&*test);
  Checksum checksum;
  for (const Part* part : parts) {
    check_rows(*part);
    checksum.update(part->images.checksum.data(), part->images.checksum.size());
    if (part->labels) {
      checksum.update(part->labels->checksum.data(), part->labels->checksum.size());
    }
  }
  if (test && test->images.rows.shape != train.images.rows.shape) {
    throw DataError(fmt::format("{}: rows of another shape than those of {}", test->images.path,
                                train.images.path));
  }
  const std::vector<std::int64_t> classes =
      train.labels ? classes_of(parts) : std::vector<std::int64_t>();
  const DataSet data = data_set(std::move(train), classes, source, checksum.hex());
  const SplitShares shares{test ? std::nullopt : test_share, config.validation_share,
                           config.split_seed};
  const RowParts rows = split_rows(data.rows(), shares, stratum_of(data));
  SplitData done{training_rows(data, rows, config), take_rows(data, rows.validation), {}};
  done.test = test ? data_set(std::move(*test), classes, source, checksum.hex())
                   : take_rows(data, rows.test);
  return done;
}

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
  Part train{rows(source.train_images, "train_images"),
             labels(source.train_labels, "train_labels")};
  Part test{rows(source.test_images, "test_images"), labels(source.test_labels, "test_labels")};
  return split(std::move(train), std::move(test), source, std::nullopt, folder.string());
}

SplitData load_images(const NpySource& source) {
  const auto part = [&](const std::string& images, const std::string& labels) {
    Part read{read_npy_rows(locate_file(images, "data.path"), source.max_bytes), {}};
    if (!labels.empty()) {
      read.labels = read_npy_labels(locate_file(labels, "data.labels"), source.max_bytes);
    }
    return read;
  };
  std::optional<Part> test;
  if (!source.test_path.empty()) test = part(source.test_path, source.test_labels);
  Part train = part(source.path, source.labels);
  const std::string path = train.images.path;
  return split(std::move(train), std::move(test), source, source.test_share, path);
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

std::vector<std::int64_t> balanced_rows(const Labels& labels, std::int64_t per_class,
                                        std::uint64_t seed) {
  const std::vector<std::uint32_t> order =
      shuffled(std::ssize(labels.value), {seed, purpose::subset});
  std::vector<std::int64_t> taken(labels.classes.size());
  std::vector<std::int64_t> rows;
  for (const std::uint32_t row : order) {
    const std::int32_t label = labels.value[row];
    if (label < 0 || taken[static_cast<std::size_t>(label)]++ >= per_class) continue;
    rows.push_back(row);
  }
  for (std::size_t c = 0; c < taken.size(); ++c) {
    if (taken[c] >= per_class) continue;
    throw DataError(
        fmt::format("{} training rows of class {}, where {} of each are asked for: lower "
                    "data.rows_per_class, or evaluate.probe_rows_per_class",
                    taken[c], labels.classes[c], per_class));
  }
  std::ranges::sort(rows);
  return rows;
}

}  // namespace lacuna::data
