#include "runtime/data/images/cifar_file.hpp"

#include "tests/runtime/data/data_fixture.hpp"
#include "tests/runtime/data/images/cifar_records.hpp"
#include "tests/runtime/data/images/png_bytes.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using namespace lacuna::testing;

constexpr std::uint64_t most = std::uint64_t{1} << 20;

FileBytes file_of(std::string bytes) {
  return {.path = "data_batch_1", .bytes = std::move(bytes), .checksum = {}};
}

std::string batch_fault(std::string bytes) {
  CifarImages images;
  return message_of<DataError>([&] { add_cifar_batch(file_of(std::move(bytes)), images); });
}

TEST(CifarFile, PlanesOfABatchBecomePixels) {
  CifarImages images;
  add_cifar_batch(file_of(cifar_batch(0, 2)), images);
  add_cifar_batch(file_of(cifar_batch(2, 1)), images);
  EXPECT_EQ(images.pixels, cifar_pixels(0, 3));
  EXPECT_THAT(images.labels, ::testing::ElementsAre(0, 1, 2));
}

TEST(CifarFile, ASheetAndItsLabelsAreTheSameImages) {
  CifarImages images;
  add_cifar_sheet(file_of(png_bytes(32, 64, cifar_pixels(0, 2))), most, images);
  add_cifar_sheet(file_of(png_bytes(32, 32, cifar_pixels(2, 1))), most, images);
  add_cifar_labels(file_of(cifar_labels(0, 3)), images);
  EXPECT_EQ(images.pixels, cifar_pixels(0, 3));
  EXPECT_THAT(images.labels, ::testing::ElementsAre(0, 1, 2));
}

TEST(CifarFile, DamagedBatchesAreSaidWithTheRecord) {
  std::string wrong_class = cifar_batch(0, 3);
  wrong_class[2 * 3073] = 10;
  EXPECT_THAT(batch_fault(wrong_class),
              AllOf(HasSubstr("data_batch_1: record 2: class 10"), HasSubstr("fetch")));
  EXPECT_THAT(batch_fault(cifar_batch(0, 2).substr(0, 6000)),
              AllOf(HasSubstr("record 1 ends early"), HasSubstr("3073"), HasSubstr("fetch")));
  EXPECT_THAT(batch_fault(cifar_batch(0, 2) + "x"), HasSubstr("record 2 ends early"));
  EXPECT_THAT(batch_fault(""), HasSubstr("record 0 ends early"));
}

TEST(CifarFile, PicturesThatAreNoSheetsAreSaidWithTheirSize) {
  CifarImages images;
  const auto fault = [&](std::uint32_t width, std::uint32_t height) {
    const std::vector<std::uint8_t> pixels(std::size_t{3} * width * height);
    return message_of<DataError>(
        [&] { add_cifar_sheet(file_of(png_bytes(width, height, pixels)), most, images); });
  };
  EXPECT_THAT(fault(32, 70), AllOf(HasSubstr("32 x 70 pixels"), HasSubstr("record 2 ends early")));
  EXPECT_THAT(fault(28, 32), HasSubstr("28 x 32 pixels"));
  EXPECT_THAT(message_of<DataError>([&] { add_cifar_labels(file_of("\x01\x0b"), images); }),
              HasSubstr("record 1: class 11"));
}

}  // namespace
}  // namespace lacuna::data
