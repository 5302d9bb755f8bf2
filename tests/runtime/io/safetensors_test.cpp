#include "runtime/io/safetensors.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message_of;
using ::testing::Pair;
using testing::read_file;
using testing::TemporaryFolder;
using testing::write_file;
namespace fs = std::filesystem;

/// Four tensors, one of each type, an empty one and a scalar among them.
struct Sample {
  std::vector<float> weights = {1.5F, -2, 3, 4, 5, 6};
  std::vector<double> loss = {0.25};
  std::vector<std::int64_t> ids = {1, -1, std::int64_t{1} << 40};
  std::vector<TensorEntry> entries = {
      {"w", DType::F32, {2, 3}, std::as_bytes(std::span(weights))},
      {"loss", DType::F64, {}, std::as_bytes(std::span(loss))},
      {"empty", DType::I32, {0, 4}, {}},
      {"ids", DType::I64, {3}, std::as_bytes(std::span(ids))},
  };
  std::map<std::string, std::string> metadata = {{"model", "auto\"rec\u00fc\n"}, {"step", "12"}};
};

TEST(Safetensors, RoundTrip) {
  const TemporaryFolder folder;
  const Sample sample;
  write_safetensors(folder / "a", sample.entries, sample.metadata);
  const SafetensorsFile file = SafetensorsFile::open(folder / "a");
  EXPECT_EQ(file.metadata(), sample.metadata);
  ASSERT_EQ(file.entries().size(), sample.entries.size());
  for (const TensorEntry& expected : sample.entries) {
    const TensorEntry* found = file.find(expected.name);
    ASSERT_NE(found, nullptr) << expected.name;
    EXPECT_EQ(found->dtype, expected.dtype);
    EXPECT_EQ(found->shape, expected.shape);
    EXPECT_TRUE(std::ranges::equal(found->bytes, expected.bytes)) << expected.name;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(found->bytes.data()) % dtype_size(found->dtype), 0U);
  }
  EXPECT_EQ(file.find("none"), nullptr);
}

TEST(Safetensors, AreReadInPieces) {
  const TemporaryFolder folder;
  const Sample sample;
  write_safetensors(folder / "a", sample.entries, sample.metadata);
  SafetensorsReader reader(folder / "a");
  EXPECT_EQ(reader.metadata(), sample.metadata);
  ASSERT_EQ(reader.entries().front().name, "ids");
  std::array<std::int64_t, 3> ids{};
  const auto bytes = std::as_writable_bytes(std::span(ids));
  reader.read(bytes.first(10));
  reader.read(bytes.subspan(10));
  EXPECT_TRUE(std::ranges::equal(ids, sample.ids));
}

TEST(Safetensors, HeaderIsPaddedAndSorted) {
  const TemporaryFolder folder;
  const Sample sample;
  write_safetensors(folder / "a", sample.entries, {});
  const SafetensorsFile file = SafetensorsFile::open(folder / "a");
  std::vector<std::string> names;
  for (const TensorEntry& entry : file.entries()) names.push_back(entry.name);
  EXPECT_THAT(names, ElementsAre("ids", "loss", "empty", "w"));
  std::uint64_t length = 0;
  std::memcpy(&length, read_file(folder / "a").data(), sizeof(length));
  EXPECT_EQ(length % 8, 0U);
}

TEST(Safetensors, WriterRefusesContradictions) {
  const TemporaryFolder folder;
  const std::vector<float> values(6);
  const auto bytes = std::as_bytes(std::span(values));
  const auto write = [&](std::vector<TensorEntry> entries) {
    write_safetensors(folder / "a", entries, {});
  };
  EXPECT_THROW(write({{"w", DType::F64, {6}, bytes}}), std::invalid_argument);
  EXPECT_THROW(write({{"w", DType::F32, {-2, -3}, bytes}}), std::invalid_argument);
  EXPECT_THROW(write({{"w", DType::F32, {6}, bytes}, {"w", DType::F32, {6}, bytes}}),
               std::invalid_argument);
  EXPECT_THROW(write({{"__metadata__", DType::F32, {6}, bytes}}), std::invalid_argument);
  EXPECT_FALSE(fs::exists(folder / "a"));
}

TEST(Safetensors, EveryTruncationAndExtensionIsRejected) {
  const TemporaryFolder folder;
  const Sample sample;
  write_safetensors(folder / "a", sample.entries, sample.metadata);
  const std::string whole = read_file(folder / "a");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write_file(folder / "b", std::string_view(whole).substr(0, size));
    EXPECT_THROW(SafetensorsFile::open(folder / "b"), IoError) << size << " bytes";
  }
  write_file(folder / "b", whole + '\0');
  EXPECT_THROW(SafetensorsFile::open(folder / "b"), IoError);
}

/// Names and notes may change unnoticed (checksums guard them elsewhere); the tensors may not.
TEST(Safetensors, NoBitFlipOfTheHeaderChangesTheTensors) {
  const TemporaryFolder folder;
  const Sample sample;  // without the empty tensor, whose other dimension nothing confirms
  const std::vector<TensorEntry> tensors = {sample.entries[0], sample.entries[1]};
  write_safetensors(folder / "a", tensors, {{"step", "12"}});
  const SafetensorsFile original = SafetensorsFile::open(folder / "a");
  std::string bytes = read_file(folder / "a");
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), sizeof(length));
  int rejected = 0;
  for (std::size_t bit = 0; bit < 8 * (sizeof(length) + length); ++bit) {
    const char mask = static_cast<char>(1U << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    write_file(folder / "b", bytes);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    try {
      const SafetensorsFile flipped = SafetensorsFile::open(folder / "b");
      ASSERT_EQ(flipped.entries().size(), original.entries().size());
      for (std::size_t i = 0; i < original.entries().size(); ++i) {
        EXPECT_EQ(flipped.entries()[i].dtype, original.entries()[i].dtype) << "bit " << bit;
        EXPECT_EQ(flipped.entries()[i].shape, original.entries()[i].shape) << "bit " << bit;
        EXPECT_TRUE(std::ranges::equal(flipped.entries()[i].bytes, original.entries()[i].bytes));
      }
    } catch (const IoError&) {
      ++rejected;
    }
  }
  EXPECT_GT(rejected, static_cast<int>(4 * length));
}

TEST(Safetensors, MissingFileAndFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<IoError>([&] { SafetensorsFile::open(folder / "none"); }),
              HasSubstr("none"));
  EXPECT_THROW(SafetensorsFile::open(folder.path()), IoError);
}

/// The format's own library as the judge, where it is installed.
TEST(Safetensors, PythonClientReadsIt) {
  if (std::system("python3 -c 'import safetensors.numpy' 2>/dev/null") != 0) {
    GTEST_SKIP() << "python3 has no safetensors package";
  }
  const TemporaryFolder folder;
  const Sample sample;
  write_safetensors(folder / "a", sample.entries, sample.metadata);
  write_file(folder / "read.py", R"(
import sys, safetensors, safetensors.numpy
name = sys.argv[1]
tensors = safetensors.numpy.load_file(name)
assert tensors["w"].tolist() == [[1.5, -2, 3], [4, 5, 6]] and tensors["w"].dtype == "float32"
assert tensors["loss"].shape == () and tensors["loss"] == 0.25 and tensors["loss"].dtype == "float64"
assert tensors["empty"].shape == (0, 4) and tensors["empty"].dtype == "int32"
assert tensors["ids"].tolist() == [1, -1, 2**40] and len(tensors) == 4
with safetensors.safe_open(name, "np") as file:
    assert file.metadata() == {"model": "auto\"rec\u00fc\n", "step": "12"}
safetensors.numpy.save_file({"x": tensors["w"] * 2}, name, {"by": "python"})
)");
  const std::string command =
      "python3 " + (folder / "read.py").string() + " " + (folder / "a").string();
  ASSERT_EQ(std::system(command.c_str()), 0);

  const SafetensorsFile back = SafetensorsFile::open(folder / "a");
  EXPECT_THAT(back.metadata(), ElementsAre(Pair("by", "python")));
  ASSERT_NE(back.find("x"), nullptr);
  float first = 0;
  std::memcpy(&first, back.find("x")->bytes.data(), sizeof(first));
  EXPECT_EQ(first, 3.0F);
}

}  // namespace
}  // namespace lacuna::io
