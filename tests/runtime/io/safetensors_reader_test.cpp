#include <gmock/gmock.h>

#include <cstring>

#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::TemporaryFolder;
using testing::write_file;

/// A file with this header and as many zero bytes after it.
std::string file_text(std::string header, std::size_t data_bytes) {
  const std::uint64_t length = header.size();
  std::string text(sizeof(length), '\0');
  std::memcpy(text.data(), &length, sizeof(length));
  return text + header + std::string(data_bytes, '\0');
}

struct Lie {
  const char* name;
  const char* header;
  std::size_t data_bytes;
  const char* message;
};
void PrintTo(const Lie& lie, std::ostream* out) {
  *out << lie.name;
}

class LyingHeader : public ::testing::TestWithParam<Lie> {};

TEST_P(LyingHeader, IsRejected) {
  const TemporaryFolder folder;
  write_file(folder / "a", file_text(GetParam().header, GetParam().data_bytes));
  EXPECT_THAT(message_of<IoError>([&] { SafetensorsFile::open(folder / "a"); }),
              AllOf(HasSubstr((folder / "a").string()), HasSubstr(GetParam().message)));
}

constexpr Lie lies[] = {
    {"no_json", "hello", 0, "no JSON object"},
    {"empty", "", 0, "no JSON object"},
    {"array", "[]", 0, "no JSON object"},
    {"leading_space", " {}", 0, "no JSON object"},
    {"rest_without_tensors", "{}", 4, "4 follow"},
    {"cut_json", R"({"w":)", 0, "damaged"},
    {"duplicate", R"({"w":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},
                     "w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
     4, "w"},
    {"no_object", R"({"w":3})", 0, R"(tensor "w": needs exactly)"},
    {"missing_key", R"({"w":{"dtype":"F32","shape":[1]}})", 4, "needs exactly"},
    {"further_key", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}})", 4,
     "needs exactly"},
    {"unknown_dtype", R"({"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", 4,
     R"(tensor "w": the dtype)"},
    {"number_as_dtype", R"({"w":{"dtype":1,"shape":[1],"data_offsets":[0,4]}})", 4, "the dtype"},
    {"shape_too_large", R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", 4,
     "contradict"},
    {"negative_shape", R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4,
     "no plain numbers"},
    {"negative_pair", R"({"w":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}})", 4,
     "no plain numbers"},
    {"fraction", R"({"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", 4,
     "no plain numbers"},
    {"beyond_64_bits",
     R"({"w":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4]}})", 4,
     "no plain numbers"},
    {"product_wraps_to_4",
     R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0,
     "contradict"},
    {"size_wraps", R"({"w":{"dtype":"F64","shape":[2305843009213693953],"data_offsets":[0,8]}})", 8,
     "contradict"},
    {"huge", R"({"w":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}})", 4,
     "the tensors take 4000000000000 bytes"},
    {"reversed", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4, "no range"},
    {"three_offsets", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})", 4, "no range"},
    {"hole_in_front", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8,
     "begins at byte 4"},
    {"hole", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
                "b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
     12, R"(tensor "b" begins at byte 8)"},
    {"overlap", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
                   "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
     12, R"(tensor "b" begins at byte 4)"},
    {"shared", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
                  "b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
     4, "begins at byte 0"},
    {"rest", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 5, "5 follow"},
    {"metadata_array", R"({"__metadata__":[]})", 0, "__metadata__"},
    {"metadata_number", R"({"__metadata__":{"step":1}})", 0, "__metadata__"},
};
INSTANTIATE_TEST_SUITE_P(SafetensorsReader, LyingHeader, ::testing::ValuesIn(lies),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(SafetensorsReader, HeaderLengthBeyondTheFile) {
  const TemporaryFolder folder;
  for (const std::uint64_t length : {std::uint64_t{3}, ~std::uint64_t{0}, ~std::uint64_t{7}}) {
    std::string bytes = file_text("{}", 0);
    std::memcpy(bytes.data(), &length, sizeof(length));
    write_file(folder / "a", bytes);
    EXPECT_THAT(message_of<IoError>([&] { SafetensorsFile::open(folder / "a"); }),
                HasSubstr(std::to_string(length)));
  }
}

TEST(SafetensorsReader, OverlongHeaderIsNotRead) {
  const TemporaryFolder folder;
  const std::uint64_t length = 100'000'001;
  std::string bytes = file_text("{}", 0);
  std::memcpy(bytes.data(), &length, sizeof(length));
  write_file(folder / "a", bytes);
  std::filesystem::resize_file(folder / "a", 8 + length);
  EXPECT_THAT(message_of<IoError>([&] { SafetensorsFile::open(folder / "a"); }),
              HasSubstr("a header of 100000001 bytes"));
}

}  // namespace
}  // namespace lacuna::io
