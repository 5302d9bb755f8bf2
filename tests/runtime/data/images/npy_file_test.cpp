#include "runtime/data/images/npy_file.hpp"

#include <array>
#include <cmath>
#include <cstring>

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

/// A file with this header and these values, as they lie in it.
template <class T>
std::string npy(const std::string& type, const std::string& order, const std::string& shape,
                const std::vector<T>& values, char version = 1) {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  std::string bytes = "\x93NUMPY";
  bytes += version;
  bytes += '\0';
  bytes += static_cast<char>(header.size());
  bytes += '\0';
  if (version > 1) bytes.append(2, '\0');
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  return bytes;
}

class NpyFile : public DataTest {
 protected:
  template <class T>
  std::vector<T> values(std::string_view bytes) const {
    return std::get<std::vector<T>>(read_npy(write("x.npy", bytes), no_limit).values);
  }
  std::string fault(std::string_view bytes) const {
    const std::string file = write("x.npy", bytes);
    return message_of<DataError>([&] { read_npy(file, no_limit); });
  }
};

TEST_F(NpyFile, BothOrdersGiveTheSameRows) {
  const std::vector<float> rows{0, 1, 2, 10, 11, 12};
  const std::vector<float> columns{0, 10, 1, 11, 2, 12};
  EXPECT_EQ(values<float>(npy("<f4", "False", "(2, 3)", rows)), rows);
  EXPECT_EQ(values<float>(npy("<f4", "True", "(2, 3)", columns)), rows);
  const std::vector<std::uint8_t> cube{0, 4, 2, 6, 1, 5, 3, 7};
  EXPECT_THAT(values<std::uint8_t>(npy("|u1", "True", "(2, 2, 2)", cube)),
              ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST_F(NpyFile, TypesAndByteOrders) {
  EXPECT_THAT(values<float>(npy("<f8", "False", "(2,)", std::vector<double>{0.1, -2})),
              ElementsAre(0.1F, -2.0F));
  EXPECT_THAT(values<float>(npy(">f4", "False", "(1,)", std::vector<std::uint32_t>{0x0000803f})),
              ElementsAre(1.0F));
  EXPECT_THAT(
      values<std::int64_t>(npy("<i8", "False", "(2,)", std::vector<std::int64_t>{-7, 1L << 40})),
      ElementsAre(-7, 1L << 40));
  EXPECT_THAT(values<std::int64_t>(npy("<u2", "False", "(1,)", std::vector<std::uint16_t>{65535})),
              ElementsAre(65535));
  EXPECT_THAT(values<std::int64_t>(npy("|i1", "False", "(1,)", std::vector<std::int8_t>{-1})),
              ElementsAre(-1));
  EXPECT_TRUE(read_npy(write("b.npy", npy("|b1", "False", "(1,)", std::vector<char>{1})), no_limit)
                  .boolean);
  EXPECT_THAT(values<float>(npy("<f4", "False", "()", std::vector<float>{3}, 2)),
              ElementsAre(3.0F));
}

TEST_F(NpyFile, WhatIsWrittenIsReadAndEndsItsHeaderAtAMultipleOf64) {
  const std::array<std::int64_t, 2> shape{2, 2};
  const std::array<float, 4> numbers{1, NAN, 3, 4};
  const std::string bytes = npy_bytes(shape, numbers);
  EXPECT_EQ((bytes.size() - sizeof(numbers)) % 64, 0U);
  const NpyArray read = read_npy(write("y.npy", bytes), no_limit);
  EXPECT_THAT(read.shape, ElementsAre(2, 2));
  EXPECT_EQ(std::memcmp(std::get<std::vector<float>>(read.values).data(), numbers.data(),
                        sizeof(numbers)),
            0);
}

TEST_F(NpyFile, DamageIsNamedWithFileAndByte) {
  const std::string whole = npy("<f4", "False", "(2, 3)", std::vector<float>(6));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(fault(whole.substr(0, length)), AllOf(HasSubstr(path("x.npy")), HasSubstr("byte ")))
        << length;
  }
  EXPECT_THAT(fault(whole + "x"), HasSubstr("25 bytes of values"));
  EXPECT_THAT(fault(npy("<c8", "False", "(1,)", std::vector<float>(2))), HasSubstr("'<c8'"));
  EXPECT_THAT(fault(npy("|O", "False", "(1,)", std::vector<float>(2))), HasSubstr("'|O'"));
  EXPECT_THAT(fault(npy("<f4", "Maybe", "(1,)", std::vector<float>(1))),
              HasSubstr("fortran_order"));
  EXPECT_THAT(fault(npy("<f4", "False", "(-1,)", std::vector<float>(1))), HasSubstr("extent"));
  EXPECT_THAT(fault(npy("<f4", "False", "(4294967296, 4294967296)", std::vector<float>(1))),
              HasSubstr("4 bytes of values"));
  EXPECT_THAT(fault(npy("<f8", "False", "(1,)", std::vector<double>{1e300})),
              HasSubstr("value 0 is too large"));
  EXPECT_THAT(fault("PK\x03\x04"), HasSubstr("damaged zip file"));
}

}  // namespace
}  // namespace lacuna::data
