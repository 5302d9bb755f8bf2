#include <fmt/format.h>

#include <cstdio>

#include "runtime/data/images/cifar_file.hpp"
#include "runtime/data/images/load_images.hpp"
#include "tests/runtime/data/data_fixture.hpp"
#include "tests/runtime/data/images/cifar_records.hpp"
#include "tests/runtime/data/images/png_bytes.hpp"
#include "tests/runtime/data/tar_bytes.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace lacuna::testing;

const DenseArray& input_of(const DataSet& part) {
  return std::get<DenseArray>(part.fields.at("input"));
}
const Labels& labels_of(const DataSet& part) {
  return std::get<Labels>(part.fields.at("target"));
}
const std::vector<std::uint8_t>& bytes_of(const DataSet& part) {
  return std::get<std::vector<std::uint8_t>>(input_of(part).values);
}

/// Five batches of ten images, and a test batch of twenty.
class LoadCifar : public DataTest {
 protected:
  LoadCifar() { source_.path = path("cifar"); }

  static std::string batch_name(int batch) { return fmt::format("data_batch_{}", batch + 1); }

  void write_batches(const std::string& folder) const {
    for (int b = 0; b < 5; ++b) {
      write(folder + "/" + batch_name(b) + ".bin", cifar_batch(10 * b, 10));
    }
    write(folder + "/test_batch.bin", cifar_batch(50, 20));
  }
  void write_sheets() const {
    for (int b = 0; b < 5; ++b) {
      write("cifar/" + batch_name(b) + ".png", png_bytes(32, 320, cifar_pixels(10 * b, 10)));
    }
    write("cifar/test_batch.png", png_bytes(32, 640, cifar_pixels(50, 20)));
    write("cifar/train_labels.u8", cifar_labels(0, 50));
    write("cifar/test_labels.u8", cifar_labels(50, 20));
  }
  std::string fault() const {
    return message_of<DataError>([&] { load_images(source_); });
  }

  CifarSource source_;
};

TEST_F(LoadCifar, BatchesKeepTheirTestPartAndClassNames) {
  write_batches("cifar");
  const SplitData split = load_images(source_);
  EXPECT_EQ(split.train.rows(), 40);
  EXPECT_EQ(split.validation.rows(), 10);
  EXPECT_THAT(input_of(split.train).shape, ElementsAre(32, 32, 3));
  EXPECT_EQ(bytes_of(split.test), cifar_pixels(50, 20));
  EXPECT_EQ(labels_of(split.test).value[13], 3);
  EXPECT_EQ(labels_of(split.test).classes.at(9), "truck");
  for (int c = 0; c < 10; ++c) {
    EXPECT_EQ(std::ranges::count(labels_of(split.validation).value, c), 1) << c;
  }
  std::vector<float> row(3072);
  input_of(split.test).put_row(0, row);
  EXPECT_FLOAT_EQ(row[3], static_cast<float>(colour_at(50, 0, 1, 0)) / 255) << "0 to 1";
}

TEST_F(LoadCifar, SheetsAreTheSameImages) {
  write_batches("cifar");
  const SplitData batches = load_images(source_);
  std::filesystem::remove_all(source_.path);
  write_sheets();
  const SplitData sheets = load_images(source_);
  EXPECT_EQ(bytes_of(sheets.train), bytes_of(batches.train));
  EXPECT_EQ(bytes_of(sheets.validation), bytes_of(batches.validation));
  EXPECT_EQ(bytes_of(sheets.test), bytes_of(batches.test));
  EXPECT_EQ(labels_of(sheets.train).value, labels_of(batches.train).value);
}

TEST_F(LoadCifar, TheFolderOfTheArchiveAndTheArchiveItselfAreFound) {
  write_batches("cifar/cifar-10-batches-bin");
  const SplitData folder = load_images(source_);
  std::string tar = tar_file("cifar-10-batches-bin/batches.meta.txt", "airplane\n");
  for (int b = 4; b >= 0; --b) {
    tar += tar_file("cifar-10-batches-bin/" + batch_name(b) + ".bin", cifar_batch(10 * b, 10));
  }
  tar += tar_file("cifar-10-batches-bin/test_batch.bin", cifar_batch(50, 20));
  source_.path = write_gzip("cifar-10-binary.tar.gz", tar + std::string(1024, '\0'));
  const SplitData archive = load_images(source_);
  EXPECT_EQ(bytes_of(archive.train), bytes_of(folder.train));
  EXPECT_EQ(archive.test.checksum, folder.test.checksum);
  source_.max_bytes = 100000;
  EXPECT_THAT(fault(), HasSubstr("data.max_bytes"));
}

TEST_F(LoadCifar, WhatIsMissingOrAnotherVersionIsSaid) {
  EXPECT_THAT(fault(), HasSubstr("Set data.path to the folder or the archive"));
  write("cifar/data_batch_1", "pickle");
  EXPECT_THAT(fault(), AllOf(HasSubstr("version for Python"), HasSubstr("cifar-10-binary.tar.gz")));
  write_batches("cifar");
  std::filesystem::remove(path("cifar/data_batch_4.bin"));
  EXPECT_THAT(fault(), HasSubstr("no file data_batch_4.bin in "));
  source_.path = write("cifar.txt", "no archive");
  EXPECT_THAT(fault(), HasSubstr("cifar.txt: byte 0 of the archive: ends early"));
}

TEST_F(LoadCifar, DamagedFilesAreNamed) {
  write_sheets();
  write("cifar/train_labels.u8", cifar_labels(0, 49));
  EXPECT_THAT(fault(), AllOf(HasSubstr("has 50 rows"), HasSubstr("train_labels.u8")));
  write_batches("cifar");
  write("cifar/data_batch_3.bin", cifar_batch(20, 10).substr(0, 30000));
  EXPECT_THAT(fault(), AllOf(HasSubstr("data_batch_3.bin"), HasSubstr("record 9 ends early")));
}

TEST_F(LoadCifar, RowsToPredictMayBeABatchOrASheet) {
  const std::string batch = write("some.bin", cifar_batch(0, 3));
  const std::string sheet = write("some.png", png_bytes(32, 96, cifar_pixels(0, 3)));
  EXPECT_EQ(bytes_of(read_image_rows(batch, 3072)), cifar_pixels(0, 3));
  EXPECT_EQ(bytes_of(read_image_rows(sheet, 3072)), cifar_pixels(0, 3));
}

std::string md5_of(const std::string& path) {
  std::FILE* pipe = popen(("md5sum '" + path + "'").c_str(), "r");
  std::array<char, 33> digits{};
  const bool read = pipe != nullptr && std::fgets(digits.data(), digits.size(), pipe) != nullptr;
  if (pipe != nullptr) pclose(pipe);
  return read ? digits.data() : "";
}

/// The published sums of the binary version, of what is read from sheets and written back.
TEST_F(LoadCifar, RealSheetsAreTheImagesThatArePublished) {
  const char* data = std::getenv("LACUNA_DATA");
  if (data == nullptr) GTEST_SKIP() << "LACUNA_DATA is not set";
  const std::string folder = std::string(data) + "/cifar-10/";
  if (!std::filesystem::exists(folder + "test_batch.png"))
    GTEST_SKIP() << "no sheets in " << folder;
  CifarImages images;
  add_cifar_sheet(read_bytes(folder + "test_batch.png", default_max_bytes), default_max_bytes,
                  images);
  add_cifar_labels(read_bytes(folder + "test_labels.u8", default_max_bytes), images);
  ASSERT_EQ(images.labels.size(), 10000U);
  std::string batch;
  for (std::size_t i = 0; i < images.labels.size(); ++i) {
    batch += static_cast<char>(images.labels[i]);
    for (std::size_t at = 0; at < 3072; ++at) {
      batch += static_cast<char>(images.pixels[3072 * i + at % 1024 * 3 + at / 1024]);
    }
  }
  EXPECT_EQ(md5_of(write("test_batch.bin", batch)), "803d5f7f4d78ea53de84dbe85f74fb6d");
}

}  // namespace
}  // namespace lacuna::data
