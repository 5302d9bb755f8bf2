#include "runtime/data/images/load_images.hpp"

#include <cmath>
#include <set>

#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string big_endian(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

/// Images of 1 x 2 pixels, number i being (i, label).
std::string images(std::uint32_t count, std::uint32_t classes) {
  std::string bytes = std::string{0, 0, 8, 3} + big_endian(count) + big_endian(1) + big_endian(2);
  for (std::uint32_t i = 0; i < count; ++i) {
    bytes += static_cast<char>(i);
    bytes += static_cast<char>(i % classes);
  }
  return bytes;
}
std::string labels(std::uint32_t count, std::uint32_t classes) {
  std::string bytes = std::string{0, 0, 8, 1} + big_endian(count);
  for (std::uint32_t i = 0; i < count; ++i) bytes += static_cast<char>(i % classes);
  return bytes;
}

const std::vector<std::int32_t>& labels_of(const DataSet& part) {
  return std::get<Labels>(part.fields.at("target")).value;
}
const DenseArray& input_of(const DataSet& part) {
  return std::get<DenseArray>(part.fields.at("input"));
}

class LoadImages : public DataTest {
 protected:
  LoadImages() {
    write_gzip("train-images-idx3-ubyte.gz", images(60, 3));
    write("train-labels-idx1-ubyte", labels(60, 3));
    write("t10k-images-idx3-ubyte", images(9, 3));
    write("t10k-labels-idx1-ubyte", labels(9, 3));
    idx_.path = path("");
  }
  std::string fault() const {
    return message_of<DataError>([&] { load_images(idx_); });
  }
  std::string write_rows(const char* name, std::int64_t rows, float value) const {
    const std::array<std::int64_t, 2> shape{rows, 2};
    std::vector<float> values(static_cast<std::size_t>(2 * rows), value);
    values.back() = 7;
    return write(name, npy_bytes(shape, values));
  }

  IdxSource idx_;
};

TEST_F(LoadImages, IdxFilesHaveTheirOwnTestPartAndClassesStayBalanced) {
  idx_.validation_share = 0.1;
  const SplitData split = load_images(idx_);
  EXPECT_EQ(split.train.rows(), 54);
  EXPECT_EQ(split.validation.rows(), 6);
  EXPECT_EQ(split.test.rows(), 9);
  EXPECT_EQ(std::ranges::count(labels_of(split.validation), 2), 2);
  EXPECT_THAT(input_of(split.train).shape, ElementsAre(1, 2));
  std::vector<float> row(2);
  input_of(split.test).put_row(8, row);
  EXPECT_THAT(row,
              ElementsAre(8 * static_cast<float>(1.0 / 255), 2 * static_cast<float>(1.0 / 255)));
  EXPECT_EQ(labels_of(split.test)[8], 2);
}

TEST_F(LoadImages, ASubsetTakesTheSameNumberOfEachClassFromBesideValidation) {
  const SplitData all = load_images(idx_);
  idx_.rows_per_class = 5;
  const SplitData split = load_images(idx_);
  EXPECT_EQ(split.train.rows(), 15);
  for (std::int32_t c = 0; c < 3; ++c) EXPECT_EQ(std::ranges::count(labels_of(split.train), c), 5);
  const auto& bytes = std::get<std::vector<std::uint8_t>>(input_of(split.train).values);
  const auto& held_out = std::get<std::vector<std::uint8_t>>(input_of(split.validation).values);
  std::set<std::uint8_t> numbers;
  for (std::size_t i = 0; i < bytes.size(); i += 2) numbers.insert(bytes[i]);
  EXPECT_EQ(numbers.size(), 15U);
  for (std::size_t i = 0; i < held_out.size(); i += 2) EXPECT_FALSE(numbers.contains(held_out[i]));
  EXPECT_EQ(labels_of(split.validation), labels_of(all.validation));
  idx_.rows_per_class = 17;
  EXPECT_THAT(fault(), HasSubstr("16 training rows of class 0, where 17 of each are asked for"));
}

TEST_F(LoadImages, FilesThatDoNotFitEachOtherAreNamed) {
  write("train-labels-idx1-ubyte", labels(59, 3));
  EXPECT_THAT(fault(), HasSubstr("has 60 rows"));
  write("train-labels-idx1-ubyte", images(60, 3));
  EXPECT_THAT(fault(), HasSubstr("one extent"));
  write("train-labels-idx1-ubyte", labels(60, 3));
  idx_.test_labels = "none";
  EXPECT_THAT(fault(),
              ::testing::AllOf(HasSubstr("no file none in "), HasSubstr("data.test_labels")));
  idx_.path = path("nowhere");
  EXPECT_THAT(fault(), HasSubstr("Set data.path to the folder"));
}

TEST_F(LoadImages, NaNInAnArrayIsAMissingCell) {
  NpySource source;
  source.path = write_rows("x.npy", 20, NAN);
  const SplitData split = load_images(source);
  EXPECT_EQ(split.train.rows(), 13);
  EXPECT_EQ(split.test.rows(), 4);
  EXPECT_FALSE(split.train.fields.contains("target"));
  EXPECT_FALSE(input_of(split.train).observed(0, 0));
  EXPECT_EQ(std::get<std::vector<float>>(input_of(split.train).values)[0], 0);
  source.test_path = write_rows("test.npy", 5, 1);
  EXPECT_EQ(load_images(source).test.rows(), 5);
  write_rows("x.npy", 20, INFINITY);
  EXPECT_THAT(message_of<DataError>([&] { load_images(source); }),
              HasSubstr("row 0, value 0: infinite"));
}

TEST_F(LoadImages, CellsAreHiddenInAllParts) {
  write("train-images-idx3-ubyte", images(40, 3));
  write("train-labels-idx1-ubyte", labels(40, 3));
  write("t10k-images-idx3-ubyte", images(40, 3));
  write("t10k-labels-idx1-ubyte", labels(40, 3));
  std::filesystem::remove(path("train-images-idx3-ubyte.gz"));
  const auto hidden = [](const DataSet& part) {
    double count = 0;
    for (std::int64_t r = 0; r < part.rows(); ++r) {
      for (std::int64_t c = 0; c < 2; ++c) count += input_of(part).observed(r, c) ? 0 : 1;
    }
    return count / static_cast<double>(2 * part.rows());
  };
  idx_.hide = HideConfig{.train_rate = 0.5, .test_rate = 0.9};
  const SplitData split = load_images(idx_);
  EXPECT_NEAR(hidden(split.train), 0.5, 0.3);
  EXPECT_NEAR(hidden(split.validation), 0.5, 0.45);
  EXPECT_GT(hidden(split.test), 0.7);
  const auto& bytes = std::get<std::vector<std::uint8_t>>(input_of(split.test).values);
  for (std::int64_t r = 1; r < 40; ++r) {  // image r begins with r
    EXPECT_EQ(bytes[static_cast<std::size_t>(2 * r)] != 0, input_of(split.test).observed(r, 0));
  }
  for (std::int64_t r = 0; r < 40; ++r) {
    const RandomStream stream{0, purpose::hidden_cells, static_cast<std::uint32_t>(40 + r)};
    EXPECT_EQ(input_of(split.test).observed(r, 1), uniform_at(stream, 1) >= 0.9)
        << "test rows are counted on behind the others";
  }
}

TEST_F(LoadImages, ClassesAreWholeNumbersFromZero) {
  NpySource source;
  source.path = write_rows("x.npy", 4, 1);
  source.labels = path("y.npy");
  for (const float wrong : {-1.F, 0.5F, NAN, 1e30F}) {
    const std::array<std::int64_t, 1> shape{4};
    write("y.npy", npy_bytes(shape, std::vector<float>{0, 1, 0, wrong}));
    EXPECT_THAT(message_of<DataError>([&] { load_images(source); }), HasSubstr("y.npy: row 3: "))
        << wrong;
  }
}

TEST_F(LoadImages, RowsToPredictMustHaveTheModelsWidth) {
  const std::string file = write_rows("x.npy", 3, 1);
  EXPECT_EQ(read_image_rows(file, 2).rows(), 3);
  EXPECT_EQ(read_image_rows(path("t10k-images-idx3-ubyte"), 2).rows(), 9);
  EXPECT_THAT(message_of<DataError>([&] { read_image_rows(file, 3); }),
              HasSubstr("rows of 2 numbers, where the model takes 3"));
}

}  // namespace
}  // namespace lacuna::data
