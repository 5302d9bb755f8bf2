#include "runtime/io/crc32c.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <string>

namespace lacuna::io {
namespace {

TEST(Crc32c, GivesTheVectorsOfRfc3720) {
  std::string up(32, '\0');
  std::iota(up.begin(), up.end(), '\0');
  const std::string down(up.rbegin(), up.rend());
  const std::array<unsigned char, 48> read_command = {
      0x01, 0xc0, 0, 0,    0, 0, 0, 0,    0,    0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0,
      0,    0,    0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0,    0};
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  EXPECT_EQ(crc32c(up), 0x46dd794eU);
  EXPECT_EQ(crc32c(down), 0x113fdb5cU);
  EXPECT_EQ(crc32c({reinterpret_cast<const char*>(read_command.data()), read_command.size()}),
            0xd9963a56U);
}

TEST(Crc32c, TakesBytesBesideWholeWords) {
  EXPECT_EQ(crc32c(""), 0U);
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
}

}  // namespace
}  // namespace lacuna::io
