#include <fmt/format.h>
#include <sys/stat.h>

#include <cstring>
#include <fstream>
#include <thread>

#include "tests/experiments/program_test.hpp"
#include "tests/support/packings.hpp"

/// Rows 16, 20 and 21 of the list of faults that are survived, of all that reads ratings, pairs and
/// titles.
namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// A whole number of ratings in a layout's own way, and a row of it that is damaged.
struct Way {
  const char* name;
  const char* type;
  const char* file;
  const char* first;  ///< a line that leads
  const char* row;    ///< {0} the user, {1} the item, {2} the rating
  const char* damaged;
  const char* more = "";  ///< settings

  friend void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }
};

constexpr std::array ways{
    Way{"Texts", "csv", "a.csv", "user,item,rating\n", "u{0},\"i, {1}\",{2}\n", "u1,i1,x\n"},
    Way{"JsonLines", "csv", "a.jsonl", "",
        "{{\"user\": \"{0}\", \"item\": {1}, \"rating\": {2}}}\n", "{\"user\": 1, \"item\": \n"},
    Way{"NetflixPrize", "netflix_prize", "combined_data_1.txt", "7:\n", "{0}{1},{2},2005-09-06\n",
        "1,x,2005-09-06\n"},
    Way{"Jester", "jester", "jester_ratings.dat", "", "{0}\t\t{1}\t\t{2}\n", "1\t\t5\n"},
    Way{"BookCrossing", "book_crossing", "BX-Book-Ratings.csv",
        "\"User-ID\";\"ISBN\";\"Book-Rating\"\n", "\"{0}\";\"{1}X\";\"{2}\"\n", "\"1\";\"2X\"\n"},
    Way{"Amazon", "amazon", "a.json", "",
        "{{\"reviewerID\": \"A{0}\", \"asin\": \"B{1}\", \"overall\": {2}}}\n",
        "{\"reviewerID\": \"A1\", \"asin\": \"B1\", \"overall\": \"five\"}\n"},
    Way{"Goodbooks", "goodbooks", "ratings.csv", "user_id,book_id,rating\n", "{0},{1},{2}\n",
        "1,2,\n"},
    Way{"Epinions", "epinions", "ratings_data.txt", "", "{0} {1} {2}\n", "1 2 inf\n"},
    Way{"Lastfm", "lastfm", "user_artists.dat", "userID\tartistID\tweight\n", "{0}\t{1}\t{2}\n",
        "1\t2\n"},
};

class OfRatings : public ProgramTest {
 protected:
  static std::string rows(const Way& way) {
    std::string text = way.first;
    for (int user = 1; user <= 20; ++user) {
      for (int item = 1; item <= 9; ++item) {
        text += fmt::format(fmt::runtime(way.row), user, item, 1 + (user * item) % 5);
      }
    }
    return text;
  }
  static int lines(const std::string& text) {
    return static_cast<int>(std::ranges::count(text, '\n'));
  }

  static std::vector<std::string> training(const std::string& type, const std::string& path,
                                           const std::string& more = "") {
    return {"train", "tiny.json", "-q", "output.dir=run",
            fmt::format(R"(data={{"type": "{}", "path": "{}"{}}})", type, path, more)};
  }

  std::string refusal(const std::string& type, const std::string& path,
                      const std::string& more = "") const {
    return message_of(3, training(type, path, more));
  }
};

class Row21Damaged : public OfRatings, public ::testing::WithParamInterface<Way> {};

TEST_P(Row21Damaged, RowsAreNamed) {
  const Way& way = GetParam();
  const std::string whole = rows(way);
  write_file(folder_ / way.file, whole + way.damaged + rows(way).substr(std::strlen(way.first)));
  const std::string place = fmt::format("{}:{}: ", way.file, lines(whole) + 1);
  EXPECT_THAT(refusal(way.type, way.file), HasSubstr(place));
  EXPECT_THAT(refusal(way.type, "."), HasSubstr(place)) << "found in its folder";
  write_file(folder_ / way.file, whole);
  output_of(training(way.type, way.file));
}

TEST_P(Row21Damaged, FilesOfOnesOwnForTestAndValidation) {
  const Way& way = GetParam();
  write_file(folder_ / way.file, rows(way));
  for (const char* key : {"test_path", "validation_path"}) {
    const std::string more = fmt::format(R"(, "{}": "own")", key);
    write_file(folder_ / "own", std::string(way.first) + way.damaged);
    EXPECT_THAT(refusal(way.type, way.file, more),
                HasSubstr(fmt::format("own:{}: ", lines(way.first) + 1)))
        << key;
    write_file(folder_ / "own", "");
    EXPECT_THAT(refusal(way.type, way.file, more), HasSubstr("own is empty")) << key;
  }
}

TEST_P(Row21Damaged, APipeThatEndsWithinARow) {
  const Way& way = GetParam();
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const std::string whole = rows(way);
  std::thread writer([&] {
    const std::string damaged(way.damaged);
    std::ofstream(folder_ / "pipe") << whole << damaged.substr(0, damaged.size() - 1);
  });
  EXPECT_THAT(refusal(way.type, "pipe"), HasSubstr(fmt::format("pipe:{}: ", lines(whole) + 1)));
  writer.join();
}

INSTANTIATE_TEST_SUITE_P(Ways, Row21Damaged, ::testing::ValuesIn(ways),
                         [](const auto& test) { return std::string(test.param.name); });

class Packed : public OfRatings, public ::testing::WithParamInterface<testing::Packer> {
 protected:
  std::string name() const { return std::string("a.csv.") + GetParam().name; }
};
class Row21Packed : public Packed {};
class Row20Packed : public Packed {};

TEST_P(Row21Packed, TruncatedAndFlippedBytesAreTold) {
  const std::string whole = GetParam().pack(rows(ways[0]));
  for (const std::size_t size : {whole.size() / 2, whole.size() - 5}) {
    write_file(folder_ / name(), whole.substr(0, size));
    EXPECT_THAT(refusal("csv", name()), AllOf(HasSubstr(name()), HasSubstr("fetch it again")));
  }
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 8);
  write_file(folder_ / name(), flipped);
  EXPECT_THAT(refusal("csv", name()), AllOf(HasSubstr(name()), HasSubstr("fetch it again")));
  write_file(folder_ / name(), whole);
  output_of(training("csv", name()));
}

TEST_P(Row21Packed, APartThatIsDamagedIsNamed) {
  std::filesystem::create_directory(folder_ / "parts");
  const std::string packed = GetParam().pack(rows(ways[0]));
  write_file(folder_ / "parts" / ("part-0.csv." + std::string(GetParam().name)), packed);
  const std::string second = "part-1.csv." + std::string(GetParam().name);
  write_file(folder_ / "parts" / second, packed.substr(0, packed.size() / 2));
  EXPECT_THAT(refusal("csv", "parts"), HasSubstr(second));
}

TEST_P(Row20Packed, ABombIsCappedWhereverAFileIsNamed) {
  const std::string bomb = GetParam().pack(std::string(std::size_t{80} << 20, '\n'));
  ASSERT_LT(bomb.size(), std::size_t{90} << 10);
  write_file(folder_ / name(), bomb);
  const auto capped = AllOf(HasSubstr(name()), HasSubstr("expands more than 1000:1"));
  EXPECT_THAT(refusal("csv", name()), capped);
  write_file(folder_ / "ratings.csv", rows(ways[0]));
  EXPECT_THAT(refusal("csv", "ratings.csv", fmt::format(R"(, "test_path": "{}")", name())), capped);
  output_of(training("csv", "ratings.csv"));
  EXPECT_THAT(message_of(3, {"predict", "run", "--pairs", name()}), capped);
  std::filesystem::rename(folder_ / name(),
                          folder_ / ("movies.csv." + std::string(GetParam().name)));
  EXPECT_THAT(message_of(0, {"predict", "run", "--user", "u1"}),
              AllOf(HasSubstr("no titles: "), HasSubstr("expands more than 1000:1")));
}

INSTANTIATE_TEST_SUITE_P(Packings, Row20Packed, ::testing::ValuesIn(testing::packers),
                         testing::packer_name);
INSTANTIATE_TEST_SUITE_P(Packings, Row21Packed, ::testing::ValuesIn(testing::packers),
                         testing::packer_name);

/// Objects made to break or to stall their reader.
class Row16JsonLines : public OfRatings {
 protected:
  void expect_refused(const std::string& what, const std::string& line) const {
    for (const auto& [type, good] :
         {std::pair("csv", R"({"user": 1, "item": 2, "rating": 3})"),
          std::pair("amazon", R"({"reviewerID": "a", "asin": "b", "overall": 3})")}) {
      write_file(folder_ / "a.json", good + ("\n" + line) + "\n");
      const std::string message = refusal(type, "a.json");
      EXPECT_THAT(message, HasSubstr("a.json:2: ")) << what;
      EXPECT_LT(message.size(), 1000U) << what;
    }
  }
};

TEST_F(Row16JsonLines, AreRefusedWithTheirLine) {
  constexpr int many = 500'000;
  expect_refused("nested arrays", std::string(many, '['));
  std::string nested;
  for (int i = 0; i < many / 5; ++i) nested += "{\"a\":";
  expect_refused("nested objects", nested);
  const auto with = [](const std::string& rating) {
    return R"({"user": 1, "reviewerID": 1, "item": 2, "asin": 2, "rating": )" + rating +
           R"(, "overall": )" + rating + "}";
  };
  expect_refused("a large exponent", with("1e999"));
  expect_refused("digits", with(std::string(many, '9')));
  expect_refused("an object", with("{}"));
  expect_refused("a key twice", with("1, \"rating\": 2, \"overall\": 2"));
  expect_refused("a byte that is no UTF-8", with("\"\xff\""));
  expect_refused("a byte order mark", "\xEF\xBB\xBF" + with("1"));
  const std::string whole = with("1");
  for (std::size_t length = 1; length < whole.size(); length += 9) {
    expect_refused("cut", whole.substr(0, length));
  }
}

}  // namespace
}  // namespace lacuna::experiments
