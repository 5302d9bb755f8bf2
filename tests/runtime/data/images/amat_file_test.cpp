#include "runtime/data/images/amat_file.hpp"

#include "runtime/data/text_source.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AmatFile : public DataTest {
 protected:
  AmatArray read(std::string_view text) const {
    return read_amat(write("rows.amat", text), default_max_bytes);
  }
  std::string fault(std::string_view text) const {
    return message_of<DataError>([&] { read(text); });
  }
};

TEST_F(AmatFile, HoldsRowsOfZeroAndOnePlainOrPacked) {
  const std::string text = "0 1 1\n1 0 0\n";
  for (const std::string& file : {write("rows.amat", text), write_gzip("rows.amat.gz", text)}) {
    const AmatArray array = read_amat(file, default_max_bytes);
    EXPECT_EQ(array.rows, 2);
    EXPECT_EQ(array.columns, 3);
    EXPECT_THAT(array.values, ElementsAre(0, 1, 1, 1, 0, 0));
    EXPECT_EQ(array.checksum.size(), 32U);
  }
}

TEST_F(AmatFile, BlanksLineEndsAndSpellingsMayDiffer) {
  for (const char* text :
       {"0 1 1\n1 0 0", "0 1 1 \r\n1 0 0 \r\n", "0\t1\t1\n1\t0\t0\n\n", " 0  1\t1\n1 0  0\n",
        "\xEF\xBB\xBF"
        "0 1 1\n1.0 0.0 0\n",
        "0.000000000000000000e+00 1.000000000000000000e+00 1.000000000000000000e+00\n1 0 0\n"}) {
    const AmatArray array = read(text);
    EXPECT_EQ(array.columns, 3) << text;
    EXPECT_THAT(array.values, ElementsAre(0, 1, 1, 1, 0, 0)) << text;
  }
}

TEST_F(AmatFile, OtherValuesAreNamedWithFileLineAndColumn) {
  EXPECT_THAT(fault("0 1\n0 2\n"),
              AllOf(HasSubstr(path("rows.amat") + ":2: column 2: '2' is neither 0 nor 1"),
                    HasSubstr("data.type to npy")));
  EXPECT_THAT(fault("0 1\n/ 1\n"), HasSubstr(":2: column 1: '/'"));
  EXPECT_THAT(fault("0.5 1\n"), HasSubstr(":1: column 1: '0.5'"));
  EXPECT_THAT(fault("0 1\n-1 1\n"), HasSubstr(":2: column 1: '-1'"));
  EXPECT_THAT(fault("0,1\n"), HasSubstr(":1: column 1: '0,1'"));
  EXPECT_THAT(fault("0 1\n0x1\n"), HasSubstr(":2: column 1: '0x1'"));
}

TEST_F(AmatFile, LinesOfAnotherLengthAndBlankOnesAreNamed) {
  EXPECT_THAT(fault("0 1\n0 1 1\n"), HasSubstr(":2: 3 columns, where the lines before have 2"));
  EXPECT_THAT(fault("0 1\n0\n"), HasSubstr(":2: 1 columns"));
  EXPECT_THAT(fault("0 1\n\n0 1\n"), HasSubstr(":2: a blank line"));
  EXPECT_THAT(fault(""), HasSubstr("no rows"));
  EXPECT_THAT(fault("0 1\n  \n"), HasSubstr(":2: "));
}

TEST_F(AmatFile, LongerThanAllowedIsRefused) {
  const std::string file = write_gzip("rows.amat.gz", "0 1 1\n1 0 0\n");
  EXPECT_THAT(message_of<DataError>([&] { read_amat(file, 11); }), HasSubstr("data.max_bytes"));
}

}  // namespace
}  // namespace lacuna::data
