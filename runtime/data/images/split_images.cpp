#include "runtime/data/images/split_images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/data/hide_cells.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/split_rows.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

void check_rows(const ImagePart& part) {
  const auto rows = static_cast<std::size_t>(part.images.rows.rows);
  if (!part.labels || part.labels->number.size() == rows) return;
  throw DataError(fmt::format("{} has {} rows, {} classes of {}", part.images.path, rows,
                              part.labels->path, part.labels->number.size()));
}

/// The classes that occur, by number.
std::vector<std::int64_t> classes_of(const std::vector<const ImagePart*>& parts) {
  std::vector<std::int64_t> classes;
  for (const ImagePart* part : parts) {
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
  for (const std::int64_t number : classes) {
    labels.classes.push_back(file.names.empty() ? std::to_string(number)
                                                : file.names.at(static_cast<std::size_t>(number)));
  }
  for (const std::int64_t number : file.number) {
    const auto at = std::ranges::lower_bound(classes, number) - classes.begin();
    labels.value.push_back(static_cast<std::int32_t>(at));
  }
  return labels;
}

DataSet data_set(ImagePart part, const std::vector<std::int64_t>& classes,
                 const std::string& source, const std::string& checksum) {
  DataSet data{{}, source, checksum};
  if (part.labels) data.fields.emplace("target", labels_of(*part.labels, classes));
  data.fields.emplace("input", std::move(part.images.rows));
  return data;
}

/// The rows that train: without those of validation, and as many of each class as are wanted.
std::vector<std::int64_t> training_rows(const DataSet& data, const RowParts& rows,
                                        const ImagesConfig& config) {
  if (config.rows_per_class == 0) return rows.train;
  const Field labels = take_rows(data.fields.at("target"), rows.train);
  std::vector<std::int64_t> taken;
  for (const std::int64_t row :
       balanced_rows(std::get<Labels>(labels), config.rows_per_class, config.split_seed)) {
    taken.push_back(rows.train[static_cast<std::size_t>(row)]);
  }
  return taken;
}

std::span<const std::int32_t> stratum_of(const DataSet& data) {
  const auto target = data.fields.find("target");
  if (target == data.fields.end()) return {};
  return std::get<Labels>(target->second).value;
}

}  // namespace

SplitData split_images(ImagePart train, std::optional<ImagePart> test, const ImagesConfig& config,
                       std::optional<double> test_share, const std::string& source) {
  std::vector<const ImagePart*> parts{&train};
  if (test) parts.push_back(&*test);
  Checksum checksum;
  for (const ImagePart* part : parts) {
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
  RowParts rows = split_rows(data.rows(), shares, stratum_of(data));
  rows.train = training_rows(data, rows, config);
  SplitData done{take_rows(data, rows.train), take_rows(data, rows.validation), {}};
  if (test) {
    rows.test.resize(static_cast<std::size_t>(test->images.rows.rows));
    std::iota(rows.test.begin(), rows.test.end(), data.rows());  // counted on
    done.test = data_set(std::move(*test), classes, source, checksum.hex());
  } else {
    done.test = take_rows(data, rows.test);
  }
  if (config.hide) {
    const auto& input = std::get<DenseArray>(data.fields.at("input"));
    hide_cells(done, rows, single_cells(input.columns()), *config.hide);
  }
  return done;
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
