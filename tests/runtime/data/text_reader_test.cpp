#include "runtime/data/text_reader.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;

struct TextReaderTest : DataTest {
  static std::string read_all(const std::string& path, std::uint64_t max_bytes = 1u << 30) {
    TextReader reader(path, max_bytes);
    std::string all;
    for (auto text = reader.next_lines(); !text.empty(); text = reader.next_lines()) all += text;
    return all;
  }
};

std::string many_lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST_F(TextReaderTest, GivesAllBytesInWholeLines) {
  const std::string text = many_lines(300000) + "no newline";
  ASSERT_GT(text.size(), std::size_t{2} << 20);
  TextReader reader(write("a", text), 1u << 30);
  const std::string_view first = reader.next_lines();
  EXPECT_LT(first.size(), text.size());
  EXPECT_EQ(first.back(), '\n');
  EXPECT_EQ(read_all(path("a")), text);
  EXPECT_EQ(read_all(write_gzip("a.gz", text)), text);
}

TEST_F(TextReaderTest, ChecksumIsOfTheUncompressedBytes) {
  TextReader plain(write("a", "1\t2\n"), 100);
  TextReader gzip(write_gzip("a.gz", "1\t2\n"), 100);
  TextReader other(write("b", "1\t3\n"), 100);
  for (TextReader* reader : {&plain, &gzip, &other}) reader->next_lines();
  EXPECT_EQ(plain.checksum(), gzip.checksum());
  EXPECT_NE(plain.checksum(), other.checksum());
  EXPECT_EQ(TextReader(write("empty", ""), 100).checksum(), "99aa06d3014798d86001c324468d497f");
}

TEST_F(TextReaderTest, TruncatedAndDamagedGzipAreErrors) {
  write_gzip("a.gz", many_lines(20000));
  std::ifstream file(path("a.gz"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  for (const std::size_t size : {std::size_t{12}, bytes.size() / 2, bytes.size() - 1}) {
    const std::string cut = write("cut.gz", std::string_view(bytes).substr(0, size));
    EXPECT_THAT(message_of<DataError>([&] { read_all(cut); }),
                HasSubstr(cut + " is a truncated gzip file"))
        << size;
  }
  std::string flipped = bytes;
  flipped[flipped.size() - 6] ^= 1;  // in the checksum
  write("flipped.gz", flipped);
  EXPECT_THAT(message_of<DataError>([&] { read_all(path("flipped.gz")); }),
              HasSubstr("damaged gzip file"));
  write("text.gz", "1\t2\t3\t4\n");
  EXPECT_THAT(message_of<DataError>([&] { read_all(path("text.gz")); }),
              HasSubstr("not a gzip file"));
}

TEST_F(TextReaderTest, SizeIsLimited) {
  write_gzip("a.gz", many_lines(1000));
  EXPECT_THAT(message_of<DataError>([&] { read_all(path("a.gz"), 1000); }),
              HasSubstr("data.max_bytes"));
  EXPECT_THAT(message_of<DataError>([&] { read_all(write("b", std::string(3u << 20, '1'))); }),
              HasSubstr("line longer than"));
}

TEST_F(TextReaderTest, AGzipBombIsAnError) {
  // 1,032:1 is the most deflate can do; a long run of newlines comes close.
  const std::string newlines(std::size_t{80} << 20, '\n');
  EXPECT_THAT(message_of<DataError>([&] { read_all(write_gzip("bomb.gz", newlines)); }),
              HasSubstr("expands more than 1000:1"));
}

TEST_F(TextReaderTest, MissingFileAndFolderAreErrors) {
  EXPECT_THAT(message_of<DataError>([&] { read_all(path("none")); }), HasSubstr("No such file"));
  EXPECT_THAT(message_of<DataError>([&] { read_all(folder_.path().string()); }),
              HasSubstr("directory"));
}

}  // namespace
}  // namespace lacuna::data
