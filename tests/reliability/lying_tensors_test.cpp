#include <gmock/gmock.h>

#include <array>
#include <cstring>
#include <utility>

#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"
#include "tests/support/allocation.hpp"
#include "tests/support/temporary_folder.hpp"

/// Row 8 of the list of faults that are survived: headers whose shapes and offsets are lies. Single
/// ones, with their messages, are in tests/runtime/io/safetensors_reader_test.cpp.
namespace lacuna::io {
namespace {

using testing::message_of;
using testing::write_file;

/// The numbers of a header: "a" of shape [2, 3], "z" of shape [0], "b" of shape [2].
using Numbers = std::array<std::string, 10>;

const Numbers truth{"2", "3", "0", "24", "0", "24", "24", "2", "24", "32"};

std::string header(const Numbers& n) {
  const auto tensor = [](const std::string& name, const std::string& shape,
                         const std::string& begin, const std::string& end) {
    return '"' + name + R"(":{"dtype":"F32","shape":[)" + shape + R"(],"data_offsets":[)" + begin +
           "," + end + "]}";
  };
  return "{" + tensor("a", n[0] + "," + n[1], n[2], n[3]) + "," + tensor("z", n[4], n[5], n[6]) +
         "," + tensor("b", n[7], n[8], n[9]) + "}";
}

class Row08LyingTensors : public ::testing::Test {
 protected:
  /// A file with that header, which is said to have `length` bytes, and 32 bytes of data.
  void write(const std::string& header, std::uint64_t length) const {
    std::string text(sizeof(length), '\0');
    std::memcpy(text.data(), &length, sizeof(length));
    write_file(path_, text + header + std::string(32, '\0'));
  }

  /// Refused, and without taking memory for what is claimed.
  void expect_refused(const std::string& what) const {
    const testing::LargestAllocation largest;
    EXPECT_NE(message_of<IoError>([&] { SafetensorsFile::open(path_); }), "") << what;
    EXPECT_LT(largest.bytes(), 10'000U) << what;
  }

  void expect_refused(const Numbers& numbers) const {
    const std::string text = header(numbers);
    write(text, text.size());
    expect_refused(text);
  }

  testing::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "a.safetensors";
};

TEST_F(Row08LyingTensors, EveryNumberChanged) {
  const std::string text = header(truth);
  write(text, text.size());
  EXPECT_EQ(SafetensorsFile::open(path_).entries().size(), 3U);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    for (const char* lie : {"0",
                            "1",
                            "2",
                            "3",
                            "4",
                            "8",
                            "23",
                            "24",
                            "25",
                            "28",
                            "32",
                            "33",
                            "-1",
                            "2.0",
                            "null",
                            "536870912",
                            "2147483648",
                            "4294967296",
                            "1073741824000",
                            "2305843009213693953",
                            "4611686018427387904",
                            "9223372036854775807",
                            "9223372036854775808",
                            "18446744073709551615",
                            "18446744073709551616",
                            "1e300",
                            "1e999"}) {
      if (lie == truth[i]) continue;
      Numbers numbers = truth;
      numbers[i] = lie;
      expect_refused(numbers);
    }
  }
}

TEST_F(Row08LyingTensors, HolesAndOverlaps) {
  const std::string begin_of[] = {"4", "20", "28", "4294967296", "9223372036854775776"};
  const std::string end_of[] = {"12", "28", "36", "4294967304", "9223372036854775784"};
  for (std::size_t i = 0; i < std::size(begin_of); ++i) {
    Numbers numbers = truth;
    numbers[8] = begin_of[i];
    numbers[9] = end_of[i];
    expect_refused(numbers);
  }
  for (const std::string offset : {"4", "23", "28", "33", "9223372036854775807"}) {
    Numbers numbers = truth;  // an empty tensor within another one, or behind the end
    numbers[5] = numbers[6] = offset;
    expect_refused(numbers);
  }
}

TEST_F(Row08LyingTensors, ProductsThatOverflow) {
  constexpr std::array<std::pair<const char*, const char*>, 4> shapes{
      {{"4294967296", "4294967296"},
       {"4611686018427387904", "4"},
       {"3037000500", "3037000500"},
       {"9223372036854775807", "9223372036854775807"}}};
  for (const auto& [rows, columns] : shapes) {
    for (const std::string end : {"0", "4", "24"}) {
      Numbers numbers = truth;
      numbers[0] = rows;
      numbers[1] = columns;
      numbers[3] = end;
      expect_refused(numbers);
    }
  }
}

TEST_F(Row08LyingTensors, HeadersThatAreTooLong) {
  const std::string text = header(truth);
  for (const std::uint64_t length :
       {std::uint64_t{0}, text.size() - 1, text.size() + 1, text.size() + 33,
        std::uint64_t{100'000'000}, std::uint64_t{100'000'001}, std::uint64_t{1} << 32U,
        std::uint64_t{1} << 63U, ~std::uint64_t{0} - 7, ~std::uint64_t{0}}) {
    write(text, length);
    expect_refused(std::to_string(length));
  }
  // As long as it says, in a file with a hole.
  const std::uint64_t length = 100'000'001;
  write(text, length);
  std::filesystem::resize_file(path_, length + 40);
  expect_refused("a header of more than 100 MB");
}

}  // namespace
}  // namespace lacuna::io
