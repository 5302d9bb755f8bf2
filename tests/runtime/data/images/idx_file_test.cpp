#include "runtime/data/images/idx_file.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

/// Two images of 2 x 3 pixels.
std::string two_images() {
  std::string bytes{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3};
  for (int i = 0; i < 12; ++i) bytes += static_cast<char>(20 * i);
  return bytes;
}

class IdxFile : public DataTest {
 protected:
  std::string fault(std::string_view bytes) const {
    const std::string file = write("images", bytes);
    return message_of<DataError>([&] { read_idx(file, no_limit); });
  }
};

TEST_F(IdxFile, HoldsBytesOfAnyShapePlainOrPacked) {
  for (const std::string& file :
       {write("images", two_images()), write_gzip("images.gz", two_images())}) {
    const IdxArray array = read_idx(file, no_limit);
    EXPECT_THAT(array.shape, ElementsAre(2, 2, 3));
    EXPECT_THAT(array.values, ElementsAre(0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220));
    EXPECT_EQ(array.checksum.size(), 32U);
  }
}

TEST_F(IdxFile, DamageIsNamedWithFileAndByte) {
  const std::string whole = two_images();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(fault(whole.substr(0, length)),
                AllOf(HasSubstr(path("images")), HasSubstr("byte ")))
        << length;
  }
  EXPECT_THAT(fault(whole + "x"), HasSubstr("byte 28: more bytes follow"));
  EXPECT_THAT(fault("P" + whole.substr(1)), HasSubstr("byte 0: "));
  std::string floats = whole;
  floats[2] = 0x0D;
  EXPECT_THAT(fault(floats), AllOf(HasSubstr("byte 2: "), HasSubstr("float32")));
  std::string huge = whole;
  for (std::size_t i = 4; i < 16; ++i) huge[i] = '\xff';
  EXPECT_THAT(fault(huge), HasSubstr("its extents ask for"));
}

}  // namespace
}  // namespace lacuna::data
