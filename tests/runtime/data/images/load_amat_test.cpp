#include "runtime/data/images/load_images.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const DenseArray& input_of(const DataSet& part) {
  return std::get<DenseArray>(part.fields.at("input"));
}

class LoadAmat : public DataTest {
 protected:
  LoadAmat() {
    write_gzip("binarized_mnist_train.amat.gz", "0 1 1 0\n1 0 0 0\n1 1 1 1\n");
    write("binarized_mnist_valid.amat", "0 0 1 0\n1 1 0 0\n");
    write("binarized_mnist_test.amat", "1 0 1 0\n");
    source_.path = path("");
  }
  std::string fault() const {
    return message_of<DataError>([&] { load_images(source_); });
  }

  AmatSource source_;
};

TEST_F(LoadAmat, EachPartHasItsFileAndAByteOfOneIsOne) {
  const SplitData split = load_images(source_);
  EXPECT_EQ(split.train.rows(), 3);
  EXPECT_EQ(split.validation.rows(), 2);
  EXPECT_EQ(split.test.rows(), 1);
  EXPECT_THAT(input_of(split.train).shape, ElementsAre(4));
  EXPECT_THAT(input_of(split.train).mask, IsEmpty());
  std::vector<float> row(4);
  input_of(split.test).put_row(0, row);
  EXPECT_THAT(row, ElementsAre(1, 0, 1, 0));
  EXPECT_FALSE(split.train.fields.contains("target"));
  EXPECT_EQ(split.train.checksum, split.test.checksum);
}

TEST_F(LoadAmat, ChecksumsAreOfAllParts) {
  const std::string before = load_images(source_).train.checksum;
  write("binarized_mnist_test.amat", "1 0 1 1\n");
  EXPECT_NE(load_images(source_).train.checksum, before);
}

TEST_F(LoadAmat, RowsHaveTheShapeThatIsGivenOrThatOfMnist) {
  source_.shape = {2, 2};
  EXPECT_THAT(input_of(load_images(source_).test).shape, ElementsAre(2, 2));
  for (const std::vector<std::int64_t>& wrong :
       {std::vector<std::int64_t>{3}, {2, 2, 2}, {0, 4}, {-2, -2}, {4, 1LL << 62}}) {
    source_.shape = wrong;
    EXPECT_THAT(fault(), AllOf(HasSubstr("rows of 4 columns"), HasSubstr("data.shape")));
  }
  source_.shape = {};
  std::string row = "1";
  for (int i = 1; i < 784; ++i) row += " 0";
  source_.train = source_.validation = source_.test = "wide.amat";
  write("wide.amat", row + "\n");
  EXPECT_THAT(input_of(load_images(source_).test).shape, ElementsAre(28, 28));
}

TEST_F(LoadAmat, WhatIsMissingOrDoesNotFitIsNamed) {
  write("binarized_mnist_test.amat", "1 0 1\n");
  EXPECT_THAT(fault(), AllOf(HasSubstr("binarized_mnist_test.amat: rows of 3 columns"),
                             HasSubstr("binarized_mnist_train.amat.gz have 4")));
  source_.validation = "none.amat";
  EXPECT_THAT(fault(), AllOf(HasSubstr("no file none.amat"), HasSubstr("data.validation")));
  source_.path = path("nowhere");
  EXPECT_THAT(fault(), HasSubstr("Set data.path to the folder of the .amat files"));
}

TEST_F(LoadAmat, RowsToPredictMayBeSuchAFile) {
  const DataSet rows = read_image_rows(path("binarized_mnist_train.amat.gz"), 4);
  EXPECT_EQ(rows.rows(), 3);
  EXPECT_EQ(input_of(rows).byte_unit, 1);
}

}  // namespace
}  // namespace lacuna::data
