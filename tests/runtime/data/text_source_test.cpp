#include "runtime/data/text_source.hpp"

#include "runtime/data/row_fields.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

struct TextSourceTest : DataTest {
  /// Every piece, and the checksum behind them.
  static std::vector<std::string> read(const std::string& path, std::size_t piece_bytes = 1 << 20,
                                       std::uint64_t max_bytes = no_limit) {
    const auto source = open_text(path, max_bytes, piece_bytes);
    std::vector<std::string> all;
    std::vector<char> storage;
    for (auto text = source->next(storage); !text.empty(); text = source->next(storage)) {
      all.emplace_back(text);
      source->release(text);
    }
    EXPECT_TRUE(source->next(storage).empty());
    all.push_back(source->checksum());
    return all;
  }
};

std::string many_lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) all += pieces[i];
  return all;
}

TEST_F(TextSourceTest, PiecesAreWholeLinesAndAllOfTheFile) {
  const std::string text = many_lines(3000) + "no newline";
  const std::string plain = write("a", text);
  const std::string gzip = write_gzip("a.gz", text);
  for (const std::string& path : {plain, gzip, write_gzip("hidden", text)}) {
    for (const std::size_t piece_bytes : {1u, 2u, 7u, 100u, 4096u, 1u << 20}) {
      const std::vector<std::string> pieces = read(path, piece_bytes);
      EXPECT_EQ(joined(pieces), text);
      EXPECT_EQ(pieces.back(), read(plain).back());
      for (std::size_t i = 0; i + 2 < pieces.size(); ++i) ASSERT_EQ(pieces[i].back(), '\n');
      EXPECT_GE(pieces.size(), std::min(std::size_t{3000}, text.size() / (piece_bytes + 16)));
    }
  }
}

TEST_F(TextSourceTest, PiecesOfSeveralReadersStayWhileOthersAreRead) {
  for (const std::string& path : {write("a", many_lines(9)), write_gzip("a.gz", many_lines(9))}) {
    const auto source = open_text(path, no_limit, 10);
    std::vector<char> first_storage, second_storage;
    const std::string_view first = source->next(first_storage);
    const std::string before(first);
    source->next(second_storage);
    EXPECT_EQ(first, before);
  }
}

TEST_F(TextSourceTest, ChecksumIsOfTheUncompressedBytes) {
  EXPECT_EQ(read(write("a", "1\t2\n")).back(), read(write_gzip("a.gz", "1\t2\n")).back());
  EXPECT_NE(read(path("a")).back(), read(write("b", "1\t3\n")).back());
  EXPECT_EQ(read(write("empty", "")).back(), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(read(write_gzip("empty.gz", "")).back(), "99aa06d3014798d86001c324468d497f");
}

TEST_F(TextSourceTest, TruncatedAndDamagedGzipAreErrors) {
  const std::string bytes = testing::read_file(write_gzip("a.gz", many_lines(20000)));
  for (const std::size_t size : {std::size_t{12}, bytes.size() / 2, bytes.size() - 1}) {
    const std::string cut = write("cut.gz", std::string_view(bytes).substr(0, size));
    EXPECT_THAT(message_of<DataError>([&] { read(cut); }),
                HasSubstr(cut + " is a truncated gzip file"))
        << size;
  }
  std::string flipped = bytes;
  flipped[flipped.size() - 6] ^= 1;  // in the checksum
  write("flipped.gz", flipped);
  EXPECT_THAT(message_of<DataError>([&] { read(path("flipped.gz")); }),
              HasSubstr("damaged gzip file"));
  write("text.gz", "1\t2\t3\t4\n");
  EXPECT_THAT(message_of<DataError>([&] { read(path("text.gz")); }), HasSubstr("not a gzip file"));
}

TEST_F(TextSourceTest, SizeIsLimited) {
  const std::string text = many_lines(1000);
  for (const std::string& path : {write("a", text), write_gzip("a.gz", text)}) {
    EXPECT_EQ(joined(read(path, 100, text.size())), text);
    EXPECT_THAT(message_of<DataError>([&] { read(path, 100, text.size() - 1); }),
                HasSubstr("data.max_bytes"));
  }
}

TEST_F(TextSourceTest, AFileWithoutLinesDoesNotFillTheMemory) {
  const std::string text(3 * max_line_bytes, '1');
  EXPECT_LT(read(write_gzip("a.gz", text), 1000).front().size(), max_line_bytes + 2000);
  EXPECT_LT(read(write("a.dat", text), 1000).front().size(), max_line_bytes + 2000);
}

TEST_F(TextSourceTest, Row20AGzipBombIsAnError) {
  // 1,032:1 is the most deflate can do; a long run of newlines comes close.
  const std::string newlines(std::size_t{80} << 20, '\n');
  EXPECT_THAT(message_of<DataError>([&] { read(write_gzip("bomb.gz", newlines)); }),
              HasSubstr("expands more than 1000:1"));
}

TEST_F(TextSourceTest, MissingFileAndFolderAreErrors) {
  EXPECT_THAT(message_of<DataError>([&] { read(path("none")); }), HasSubstr("No such file"));
  EXPECT_THAT(message_of<DataError>([&] { read(folder_.path().string()); }),
              HasSubstr("directory"));
  EXPECT_THAT(message_of<DataError>([&] { map_data(path("none")); }), HasSubstr("No such file"));
}

}  // namespace
}  // namespace lacuna::data
