#include "runtime/config/json_reader.hpp"
#include "tests/experiments/program_test.hpp"

/// Ids and titles that would govern a terminal.
namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ControlCharacters : public ProgramTest {
 protected:
  ControlCharacters() {
    std::string csv = "user,item,rating\n";
    for (int user = 0; user < 20; ++user) {
      for (int item = 0; item < 12; ++item) {
        if ((user + item) % 5 == 0) continue;
        csv += "\"\x1b[31m" + std::to_string(user) + "\n\",i" + std::to_string(item) + ",3\n";
      }
    }
    write_file(folder_ / "ratings.csv", csv);
    write_file(folder_ / "movies.csv", "movieId,title\ni0,\x1b[2JFilm\n");
    output_of({"train", "tiny.json", "-q", "output.dir=run", data_});
  }

  /// What a command shows on both streams.
  std::string shown(const std::vector<std::string>& arguments) const {
    const ProgramResult result = lacuna(arguments);
    return result.out + result.err;
  }

  const std::string data_ = R"(data={"type": "csv", "path": "ratings.csv"})";
};

TEST_F(ControlCharacters, AreEscapedWhereverTextIsShown) {
  const auto harmless = Not(HasSubstr("\x1b"));
  EXPECT_THAT(shown({"predict", "run", "--all-users", "--top", "3"}),
              AllOf(harmless, HasSubstr("\\x1b[31m7\\n "), HasSubstr("\\x1b[2JFilm")));
  EXPECT_THAT(shown({"predict", "run", "--user", "\x1b[31mnobody"}),
              AllOf(harmless, HasSubstr("user \\x1b[31mnobody has no ratings")));
  EXPECT_THAT(shown({"data", "tiny.json", data_}), AllOf(harmless, HasSubstr("ratings.csv")));
  EXPECT_THAT(shown({"data", "\x1b[31m.json"}), AllOf(harmless, HasSubstr("\\x1b[31m.json")));
  write_file(folder_ / "ratings.csv",
             read_file(folder_ / "ratings.csv") + "\"\x1b[31m7\n\",i1,4\n");
  EXPECT_THAT(shown({"data", "tiny.json", data_}),
              AllOf(harmless, HasSubstr("user \\x1b[31m7\\n already rated item i1")));
}

TEST_F(ControlCharacters, LeaveJsonOnTheTerminalReadable) {
  write_file(folder_ / "c1.csv", "user,item\n\"\xC2\x9B 31m\",i1\n");
  const std::string out = output_of({"predict", "run", "--pairs", "c1.csv", "--json"});
  EXPECT_THAT(out, AllOf(Not(HasSubstr("\xC2\x9B")), HasSubstr("\\u009b 31m")));
  EXPECT_EQ(
      config::parse_json(out, "out").at("predictions").as_array().at(0).at("user").as_string(),
      "\xC2\x9B 31m");
}

TEST_F(ControlCharacters, StayInFiles) {
  output_of({"predict", "run", "--all-users", "--top", "3", "--output", "top.csv"});
  EXPECT_THAT(read_file(folder_ / "top.csv"), HasSubstr("\"\x1b[31m7\n\","));
  output_of({"data", "tiny.json", data_, "--export", "split"});
  EXPECT_THAT(read_file(folder_ / "split/train.csv"), HasSubstr("\"\x1b[31m7\n\",i"));
}

}  // namespace
}  // namespace lacuna::experiments
