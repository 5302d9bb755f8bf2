#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/data/images/cifar_place.hpp"
#include "runtime/data/images/load_images.hpp"
#include "runtime/data/images/split_images.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::array<std::string_view, 5> training_batches{
    "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5"};
constexpr std::array<std::string_view, 1> test_batches{"test_batch"};

/// Whether the images lie in PNG sheets; the binary version goes first.
bool has_sheets(const CifarPlace& place) {
  if (place.has("data_batch_1.bin")) return false;
  if (place.has("data_batch_1.png")) return true;
  throw DataError(fmt::format(
      "neither data_batch_1.bin nor data_batch_1.png in {}: {}", place.path(),
      place.has("data_batch_1")
          ? "that is the version for Python; fetch the binary one, cifar-10-binary.tar.gz"
          : "set data.path to the folder or the archive of CIFAR-10's binary version"));
}

/// Reads the files of one part.
class PartReader {
 public:
  PartReader(const CifarPlace& place, std::uint64_t max_bytes)
      : place_(place), max_bytes_(max_bytes) {}

  void add_batch(std::string_view name) {
    add_cifar_batch(file(fmt::format("{}.bin", name)), images_);
  }
  void add_sheet(std::string_view name) {
    add_cifar_sheet(file(fmt::format("{}.png", name)), max_bytes_, images_);
  }
  void add_labels(std::string_view name) { add_cifar_labels(file(std::string(name)), images_); }

  ImagePart take() {
    ImageLabels labels{.number = {images_.labels.begin(), images_.labels.end()},
                       .path = last_file_,
                       .checksum = "",  // the images' covers it
                       .names = {cifar_classes.begin(), cifar_classes.end()}};
    return {cifar_rows(std::move(images_), place_.path(), checksum_.hex()), std::move(labels)};
  }

 private:
  FileBytes file(const std::string& name) {
    FileBytes read = place_.read(name);
    checksum_.update(read.checksum.data(), read.checksum.size());
    last_file_ = read.path;
    return read;
  }

  const CifarPlace& place_;
  std::uint64_t max_bytes_;
  CifarImages images_;
  Checksum checksum_;
  std::string last_file_;
};

ImagePart read_part(const CifarPlace& place, std::span<const std::string_view> batches,
                    std::string_view labels_of_sheets, std::uint64_t max_bytes) {
  PartReader part(place, max_bytes);
  if (has_sheets(place)) {
    for (const std::string_view batch : batches) part.add_sheet(batch);
    part.add_labels(labels_of_sheets);
  } else {
    for (const std::string_view batch : batches) part.add_batch(batch);
  }
  return part.take();
}

}  // namespace

SplitData load_images(const CifarSource& source) {
  const CifarPlace place(source.path, source.max_bytes);
  ImagePart train = read_part(place, training_batches, "train_labels.u8", source.max_bytes);
  ImagePart test = read_part(place, test_batches, "test_labels.u8", source.max_bytes);
  return split_images(std::move(train), std::move(test), source, std::nullopt, place.path());
}

}  // namespace lacuna::data
