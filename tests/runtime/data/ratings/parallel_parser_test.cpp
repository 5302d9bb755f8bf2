#include "runtime/data/ratings/parallel_parser.hpp"

#include <tuple>

#include "tests/runtime/data/ratings/parse_files.hpp"

namespace lacuna::data {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 40;

/// Every file is parsed in one piece by one thread, and in all the other ways.
struct ParallelParserTest : DataTest {
  template <class Check>
  void with_all_options(const Check& check) {
    for (const int threads : {1, 2, 3, 4, 7}) {
      for (const std::size_t piece_bytes : {1u, 5u, 23u, 100u, 1000u, 1u << 20}) {
        SCOPED_TRACE(std::to_string(threads) + " threads, pieces of " +
                     std::to_string(piece_bytes));
        check(ParseOptions{.threads = threads, .piece_bytes = piece_bytes});
      }
    }
  }

  void expect_same(const std::string& name, std::string_view text) {
    const auto content = [](const ParsedRatings& parsed) {
      std::vector<std::string> places;
      for (std::int64_t e = 0; e < std::ssize(parsed.value); ++e) {
        const std::string place = parsed.place_of(e);
        places.push_back(place.substr(place.rfind(':')));
      }
      return std::tuple(parsed.users.numbers().ids(), parsed.items.numbers().ids(),
                        parsed.users.texts().texts().bytes(), parsed.user, parsed.item,
                        parsed.value, parsed.time, places, parsed.checksum);
    };
    const std::string plain = write(name, text);
    const std::string gzip = write_gzip(name + ".gz", text);
    const auto expected = content(parse(plain, {}));
    with_all_options([&](const ParseOptions& options) {
      EXPECT_EQ(content(parse(plain, options)), expected);
      EXPECT_EQ(content(parse(gzip, options)), expected);
    });
  }

  /// `fault` follows on the file's name.
  void expect_fault(const std::string& name, std::string_view text, const std::string& fault) {
    const std::string plain = write(name, text);
    const std::string gzip = write_gzip(name + ".gz", text);
    with_all_options([&](const ParseOptions& options) {
      for (const std::string& file : {plain, gzip}) {
        EXPECT_THAT(message_of<DataError>([&] { parse(file, options); }), HasSubstr(file + fault));
      }
    });
  }

  static ParsedRatings parse(const std::string& path, const ParseOptions& options) {
    if (path.find("u.data") != std::string::npos) {
      return parse_movielens(path, MovieLensFormat::ml_100k, no_limit, options);
    }
    if (path.find("ratings.dat") != std::string::npos) {
      return parse_movielens(path, MovieLensFormat::ml_1m, no_limit, options);
    }
    CsvSource source;
    if (path.find("timed") != std::string::npos) source.timestamp_column = "time";
    return parse_csv(path, source, options);
  }
};

/// Rows whose ids come back in any piece.
std::string rows(int count, const std::string& delimiter, const std::string& line_end) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += std::to_string(i * 7919 % 61) + delimiter + std::to_string(i * i % 97) + delimiter +
            std::to_string(i % 10) + ".5" + delimiter + std::to_string(i) + line_end;
  }
  return text;
}

TEST_F(ParallelParserTest, TheResultDoesNotDependOnThreadsAndPieces) {
  expect_same("u.data", rows(400, "\t", "\n"));
  expect_same("u.data", rows(100, "\t", "\r\n") + "\r\n\n\n");
  expect_same("ratings.dat", rows(100, "::", "\n") + "7::7::7::7");
  expect_same("ratings.dat", "\xEF\xBB\xBF" + rows(100, "::", "\n"));
  expect_same("a.csv", "item,user,rating,time\n" + rows(100, ",", "\n"));
  expect_same("a.csv", "\xEF\xBB\xBFuser,item,\"rating\",time\r\n" + rows(100, ",", "\r\n"));
  expect_same("timed.csv", "# made by hand\n\nuser,item,rating,time\n" + rows(100, ",", "\n"));
}

TEST_F(ParallelParserTest, RowsMayGoOnOverPieces) {
  std::string text = "user,item,rating,note\n";
  for (int i = 0; i < 60; ++i) {
    text += "u" + std::to_string(i % 7) + "," + std::to_string(i) + "," + std::to_string(i % 5) +
            (i % 3 == 0 ? ",\"two\nlines, \"\"7\"\",8,9\n1,2,3,4\"\n" : ",one\n");
  }
  expect_same("a.csv", text);
  expect_fault("a.csv", text + "1,2,3,\"open\n4,5,6,x\n", ":102: a quoted field does not end");
}

TEST_F(ParallelParserTest, ObjectsAreRows) {
  std::string text;
  for (int i = 0; i < 80; ++i) {
    text += R"({"item": )" + std::to_string(i % 9) + R"(, "user": "ann )" + std::to_string(i % 4) +
            R"(", "rating": )" + std::to_string(i % 5) + ".5}\n";
  }
  expect_same("a.jsonl", text);
  expect_fault("a.jsonl", text + "{\"item\": 1}\n", ":81: no key 'user'");
  expect_fault("a.jsonl", text + "[1]\n" + text, ":81: no JSON object");
}

TEST_F(ParallelParserTest, IndicesAreByFirstAppearance) {
  with_all_options([&](const ParseOptions& options) {
    const ParsedRatings parsed =
        parse(write("u.data", "9\t4\t1\t0\n8\t4\t1\t0\n9\t3\t1\t0\n7\t4\t1\t0\n"), options);
    EXPECT_THAT(parsed.users.numbers().ids(), ::testing::ElementsAre(9, 8, 7));
    EXPECT_THAT(parsed.user, ::testing::ElementsAre(0, 1, 0, 2));
    EXPECT_THAT(parsed.item, ::testing::ElementsAre(0, 0, 1, 0));
  });
}

TEST_F(ParallelParserTest, TheFirstBadLineIsReported) {
  const std::string good = rows(150, "\t", "\n");
  expect_fault("u.data", good + "x\t1\t1\t1\n" + good + "y\t1\t1\t1\n1\t1\n",
               ":151: the user id 'x' is not");
  expect_fault("u.data", good + good + "1\t2\t3",
               ":301: 3 fields where 4 are expected, in: 1\\t2\\t3");
  expect_fault("u.data", "1\t2\n" + good, ":1: 2 fields");
  expect_fault("ratings.dat", "1::2::3\n1::3::3\n" + rows(50, "::", "\n"),
               ":3: 4 fields where 3 are expected");
  expect_fault("a.csv", "user,item,rating,time\n" + rows(99, ",", "\n") + "1,2,,4\n1\n",
               ":101: the rating is empty");
  expect_fault("a.csv", "user,item,x\n1,2,3\n", ":1: no column 'rating'");
}

TEST_F(ParallelParserTest, BlankLinesAreReportedWhereTheyBegin) {
  const std::string good = rows(50, "\t", "\n");
  const std::string fault = ":51: a blank line before further rows";
  expect_fault("u.data", good + "\n\r\n\n\n\n\n" + good, fault);
  expect_fault("u.data", good + "\n\n\n\nx", fault);
  expect_fault("u.data", good + "\n" + good + "\nx", fault);
  expect_fault("u.data", "\n" + good, ":1: a blank line before further rows");
  expect_fault("u.data", good + "x\n\n" + good, ":51: 1 fields where 4");
}

TEST_F(ParallelParserTest, FilesWithoutRatingsAreErrors) {
  expect_fault("u.data", "", " is empty");
  expect_fault("u.data", "\xEF\xBB\xBF", " is empty");
  expect_fault("u.data", "\n\n\r\n", " holds no ratings");
  expect_fault("a.csv", "user,item,rating", " holds no ratings");
}

TEST_F(ParallelParserTest, ALineMayNotBeLongerThanAMebibyte) {
  const std::string row = "1\t2\t3\t";
  const std::string longest = row + std::string(max_line_bytes - row.size(), '9');
  for (const std::size_t piece_bytes : {1000u, 1u << 22}) {
    const ParseOptions options{.threads = 2, .piece_bytes = piece_bytes};
    EXPECT_EQ(parse(write_gzip("u.data.gz", longest + "\n" + longest), options).value.size(), 2u);
    for (const std::string& file : {write("u.data", longest + "\n" + longest + "9\n"),
                                    write_gzip("u.data.gz", longest + "\n" + longest + "9\n")}) {
      EXPECT_THAT(message_of<DataError>([&] { parse(file, options); }),
                  HasSubstr(":2: a line longer than 1048576 bytes"));
    }
  }
}

TEST_F(ParallelParserTest, ATruncatedGzipIsAnErrorAfterGoodPieces) {
  const std::string bytes = testing::read_file(write_gzip("a.gz", rows(5000, "\t", "\n")));
  const std::string cut = write("u.data.gz", std::string_view(bytes).substr(0, bytes.size() - 20));
  with_all_options([&](const ParseOptions& options) {
    EXPECT_THAT(message_of<DataError>([&] { parse(cut, options); }),
                EndsWith("is a truncated gzip file: fetch it again"));
  });
}

}  // namespace
}  // namespace lacuna::data
