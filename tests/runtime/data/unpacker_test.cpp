#include "runtime/data/unpacker.hpp"

#include <sys/stat.h>

#include <lzma.h>

#include <cstring>
#include <fstream>
#include <thread>

#include "runtime/data/ratings/load.hpp"
#include "runtime/data/text_source.hpp"
#include "tests/runtime/data/data_fixture.hpp"
#include "tests/support/packings.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using testing::bzip2;
using ::testing::ElementsAre;
using testing::gzip;
using ::testing::HasSubstr;
using testing::xz;
using testing::zstd;

struct UnpackerTest : DataTest {
  std::string zip(const std::string& name, const std::map<std::string, std::string>& members) {
    return write(name, testing::zip(members));
  }

  static std::string read(const std::string& path, std::size_t piece_bytes = 1 << 20,
                          std::uint64_t max_bytes = default_max_bytes) {
    const auto source = open_text(path, max_bytes, piece_bytes);
    std::string whole;
    std::vector<char> storage;
    for (auto piece = source->next(storage); !piece.empty(); piece = source->next(storage))
      whole += piece;
    return whole;
  }
};

std::string lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i * 7919 % 1000) + ",text\n";
  return text;
}

TEST_F(UnpackerTest, OneStreamOrSeveralAreOneText) {
  const std::string first = lines(3000) + "no line end";
  const std::string second = lines(500);
  struct Case {
    const char* name;
    std::string one;
    std::string two;
  };
  for (const Case& packed :
       {Case{"a.gz", gzip(first), gzip(second)}, Case{"a.bz2", bzip2(first), bzip2(second)},
        Case{"a.xz", xz(first), xz(second)}, Case{"a.zst", zstd(first), zstd(second)}}) {
    SCOPED_TRACE(packed.name);
    const std::string file = write(packed.name, packed.one + packed.two);
    for (const std::size_t piece_bytes : {7u, 1000u, 1u << 20})
      EXPECT_EQ(read(file, piece_bytes), first + second);
    EXPECT_EQ(read(write("any_name", packed.one)), first);
    EXPECT_THAT(message_of<DataError>([&] { read(file, 1000, 2000); }),
                HasSubstr("data.max_bytes"));
    // Every place at which it may be cut but between the streams.
    for (std::size_t size = 1; size < packed.one.size(); size += 37) {
      const std::string cut = write(packed.name, packed.one.substr(0, size));
      EXPECT_THROW(read(cut), DataError) << size;
    }
    int noticed = 0;
    int tried = 0;
    for (std::size_t at = 20; at + 12 < packed.one.size(); at += 41) {
      std::string flipped = packed.one;
      flipped[at] = static_cast<char>(flipped[at] ^ 16);
      const std::string file_name = write(packed.name, flipped);
      try {
        if (read(file_name) != first) ADD_FAILURE() << "damage at " << at << " was not noticed";
      } catch (const DataError& error) {
        EXPECT_THAT(error.what(), HasSubstr(packed.name));
        ++noticed;
      }
      ++tried;
    }
    EXPECT_GT(noticed, tried / 2);
  }
}

TEST_F(UnpackerTest, AnEndingIsAPromise) {
  for (const char* name : {"a.gz", "a.bz2", "a.xz", "a.zst", "a.zip"}) {
    EXPECT_THAT(message_of<DataError>([&] { read(write(name, "user,item\n")); }),
                AllOf(HasSubstr(std::string(name) + " is not a"), HasSubstr("rename it")));
  }
  EXPECT_THAT(message_of<DataError>([&] { read(write("b.gz", zstd("x"))); }),
              HasSubstr("but a zstd file"));
}

TEST_F(UnpackerTest, AZipsOnlyFileOrTheNamedOne) {
  const std::string one = zip("one.zip", {{"data/a.csv", "user\n"}});
  EXPECT_EQ(read(one), "user\n");
  const std::string two = zip("two.zip", {{"data/a.csv", "user\n"}, {"b.csv", "item\n"}});
  EXPECT_EQ(read(two + "/b.csv"), "item\n");
  EXPECT_THAT(
      message_of<DataError>([&] { read(two); }),
      AllOf(HasSubstr("holds 2 files"), HasSubstr(two + "/b.csv"), HasSubstr("data/a.csv")));
  EXPECT_THAT(message_of<DataError>([&] { read(two + "/c.csv"); }), HasSubstr("no file 'c.csv'"));
  EXPECT_THAT(message_of<DataError>([&] { read(two + "/../secret"); }), HasSubstr("holds no file"));
  const std::string bytes = testing::read_file(one);
  EXPECT_THROW(read(write("cut.zip", std::string_view(bytes).substr(0, bytes.size() / 2))),
               DataError);
}

TEST_F(UnpackerTest, WhatCannotBeUnpackedHereIsUnpackedByItsProgram) {
  std::string large = xz("user,item\n");
  // In the header of its first block LZMA2's number and the size of its property lead to its
  // history.
  large[large.find("\x21\x01", 12) + 2] = 37;  // 1.5 GiB
  const std::size_t sum_at = 12 + 4 * static_cast<std::size_t>(large[12]);
  const std::uint32_t sum =
      lzma_crc32(reinterpret_cast<const std::uint8_t*>(large.data()) + 12, sum_at - 12, 0);
  std::memcpy(large.data() + sum_at, &sum, 4);
  EXPECT_THAT(message_of<DataError>([&] { read(write("a.xz", large)); }),
              AllOf(HasSubstr("needs more than 1024 MiB of memory"), HasSubstr("xz -d FILE")));
  using std::literals::operator""s;
  const std::string window = "\x28\xb5\x2f\xfd\x00\xa8\x19\0\0a,b"s;  // 2 GiB of history
  EXPECT_THAT(
      message_of<DataError>([&] { read(write("a.zst", window)); }),
      AllOf(HasSubstr("needs more than 1024 MiB of memory"), HasSubstr("zstd -d --long=31 FILE")));
  std::string locked = testing::zip({{"a.csv", "user\n"}});
  for (const char* header : {"PK\x03\x04", "PK\x01\x02"}) {
    const std::size_t at = locked.find(header);
    locked[at + (header[2] == 3 ? 6 : 8)] |= 1;  // flag: encrypted
  }
  EXPECT_THAT(message_of<DataError>([&] { read(write("a.zip", locked)); }),
              AllOf(HasSubstr("cannot unpack"), HasSubstr("unpack it, and name the file in it")));
  EXPECT_THAT(
      message_of<DataError>([&] { read(write("b.zip", "PK\x05\x06" + std::string(18, 0))); }),
      HasSubstr("is a zip file without files: fetch it again"));
}

TEST_F(UnpackerTest, MovieLensInsideItsZip) {
  MovieLensSource source;
  source.path = zip("ml-100k.zip", {{"ml-100k/u.data", "1\t2\t3\t4\n5\t6\t1\t4\n"},
                                    {"ml-100k/u.item", "2|Film|\n"},
                                    {"ml-100k/u1.base", "1\t2\t3\t4\n"}});
  const Ratings ratings = load_ratings(source);
  EXPECT_THAT(ratings.value, ElementsAre(3, 1));
  EXPECT_EQ(ratings.source, source.path + "/ml-100k/u.data");
}

TEST_F(UnpackerTest, AFolderOfPartsIsOneDataSet) {
  CsvSource source;
  source.path = path("spark");
  write("spark/part-00001.csv", "user,item,rating\n1,3,2\n");
  write("spark/part-00000.csv", "user,item,rating\n1,2,5\n2,2,4\n");
  write("spark/part-00002.csv", "");
  write("spark/_SUCCESS", "");
  write("spark/.part-00000.csv.crc", "crc");
  EXPECT_THAT(load_ratings(source).value, ElementsAre(5, 2, 4));
  write("spark/part-00003.csv", "item,user,rating\n7,7,7\n");
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("has other columns than"));
  write("spark/part-00003.csv", "user,item,rating\n1,2,x\n");
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              HasSubstr("part-00003.csv:2: "));
  write("own/README.txt", "These ratings were made by people.\n");
  write("own/ratings.csv", "user,item,rating\n1,2,3\n");
  source.path = path("own");
  EXPECT_THAT(message_of<DataError>([&] { load_ratings(source); }),
              AllOf(HasSubstr("README.txt:1: "), HasSubstr("name one of them in data.path")));
}

TEST_F(UnpackerTest, APipeIsReadOnce) {
  const std::string pipe = path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << "user,item,rating\n1,2,3\n4,5,6\n"; });
  CsvSource source;
  source.path = pipe;
  const Ratings ratings = load_ratings(source);
  writer.join();
  EXPECT_THAT(ratings.value, ElementsAre(3, 6));
}

}  // namespace
}  // namespace lacuna::data
