#include "runtime/data/images/cifar_file.hpp"

#include <fmt/format.h>

#include "runtime/data/images/png_file.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t plane_bytes = cifar_side * cifar_side;
constexpr std::size_t image_bytes = plane_bytes * cifar_colours;
constexpr std::size_t record_bytes = 1 + image_bytes;

std::uint8_t class_of(const FileBytes& file, std::size_t record, char byte) {
  const auto label = static_cast<std::uint8_t>(byte);
  if (label < cifar_classes.size()) return label;
  throw DataError(
      fmt::format("{}: record {}: class {}, where CIFAR-10 has 0 to {}: fetch the file again",
                  file.path, record, label, cifar_classes.size() - 1));
}

void check_records(const FileBytes& file) {
  const std::size_t records = file.bytes.size() / record_bytes;
  if (records > 0 && file.bytes.size() % record_bytes == 0) return;
  throw DataError(
      fmt::format("{}: record {} ends early: the file holds {} bytes, which are no whole number of "
                  "CIFAR-10's records of {}: fetch it again",
                  file.path, records, file.bytes.size(), record_bytes));
}

}  // namespace

void add_cifar_batch(const FileBytes& file, CifarImages& images) {
  check_records(file);
  for (std::size_t record = 0; record < file.bytes.size() / record_bytes; ++record) {
    const char* from = file.bytes.data() + record * record_bytes;
    images.labels.push_back(class_of(file, record, *from++));
    const std::size_t at = images.pixels.size();
    images.pixels.resize(at + image_bytes);
    for (std::size_t colour = 0; colour < cifar_colours; ++colour) {
      for (std::size_t pixel = 0; pixel < plane_bytes; ++pixel) {
        images.pixels[at + pixel * cifar_colours + colour] = static_cast<std::uint8_t>(*from++);
      }
    }
  }
}

void add_cifar_sheet(const FileBytes& file, std::uint64_t max_bytes, CifarImages& images) {
  const PngImage sheet = parse_png(file, max_bytes);
  if (sheet.width != cifar_side || sheet.height % cifar_side != 0) {
    throw DataError(fmt::format(
        "{}: {} x {} pixels, where images of {} x {} stand one below the other: record "
        "{} ends early, or the picture is another: fetch it again",
        file.path, sheet.width, sheet.height, cifar_side, cifar_side, sheet.height / cifar_side));
  }
  images.pixels.insert(images.pixels.end(), sheet.rgb.begin(), sheet.rgb.end());
}

void add_cifar_labels(const FileBytes& file, CifarImages& images) {
  for (std::size_t record = 0; record < file.bytes.size(); ++record) {
    images.labels.push_back(class_of(file, record, file.bytes[record]));
  }
}

}  // namespace lacuna::data
