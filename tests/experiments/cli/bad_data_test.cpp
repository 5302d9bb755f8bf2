#include <zlib.h>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// 20 users x 20 items, tab-separated like u.data.
std::string ratings() {
  std::string text;
  for (int i = 0; i < 400; ++i) {
    text += std::to_string(i / 20 + 1) + "\t" + std::to_string(i % 20 + 1) + "\t" +
            std::to_string(1 + (i * 7) % 5) + "\t881250949\n";
  }
  return text;
}

std::string gzip_of(const std::string& text, const fs::path& path) {
  const gzFile file = ::gzopen(path.c_str(), "wb");
  ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  ::gzclose(file);
  return read_file(path);
}

class Row21BadData : public ProgramTest {
 protected:
  std::vector<std::string> train(const std::string& file, const std::string& more = "") const {
    return {"train", "tiny.json", "-q", "output.dir=run",
            "data={\"type\": \"movielens\", \"format\": \"100k\", \"path\": \"" + file + "\"" +
                more + "}"};
  }
};

struct DamagedRow {
  const char* name;
  const char* row;
  const char* says;

  friend void PrintTo(const DamagedRow& damaged, std::ostream* out) { *out << damaged.name; }
};

class Row21BadRow : public Row21BadData, public ::testing::WithParamInterface<DamagedRow> {};

TEST_P(Row21BadRow, EndsWith3AndNamesFileAndLine) {
  write_file(folder_ / "u.data", ratings() + GetParam().row + "\n" + ratings());
  EXPECT_THAT(message_of(3, train("u.data")),
              AllOf(HasSubstr("u.data:401: "), HasSubstr(GetParam().says)));
}

INSTANTIATE_TEST_SUITE_P(Rows, Row21BadRow,
                         ::testing::Values(DamagedRow{"Short", "1\t2", "2 fields"},
                                           DamagedRow{"Letters", "21\tabc\t3\t0", "item id"},
                                           DamagedRow{"NegativeId", "-1\t2\t3\t0", "user id"},
                                           DamagedRow{"NaN", "21\t2\tnan\t0", "rating"},
                                           DamagedRow{"Infinite", "21\t2\tinf\t0", "rating"},
                                           DamagedRow{"Blank", "", "blank line"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(Row21BadData, TruncatedGzip) {
  const std::string whole = gzip_of(ratings(), folder_ / "whole.gz");
  write_file(folder_ / "u.data.gz", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(message_of(3, train("u.data.gz")), AllOf(HasSubstr("u.data.gz"), HasSubstr("gzip")));
  write_file(folder_ / "u.data.gz", whole);
  fs::remove_all(folder_ / "run");
  output_of(train("u.data.gz"));
}

TEST_F(Row21BadData, EmptyAndMissingFiles) {
  write_file(folder_ / "u.data", "");
  EXPECT_THAT(message_of(3, train("u.data")), AllOf(HasSubstr("u.data"), HasSubstr("empty")));
  EXPECT_THAT(message_of(3, train("none.data")), HasSubstr("none.data"));
}

TEST_F(Row21BadData, ADuplicatePairNamesBothLinesUnlessItIsAllowed) {
  write_file(folder_ / "u.data", ratings() + "3\t4\t5\t0\n");
  EXPECT_THAT(message_of(3, train("u.data")), AllOf(HasSubstr("401"), HasSubstr("44")));
  for (const char* policy : {"last", "mean"}) {
    fs::remove_all(folder_ / "run");
    output_of(train("u.data", std::string(R"(, "duplicates": ")") + policy + "\""));
  }
}

TEST_F(Row21BadData, AWrongColumnNameListsTheKeyToSet) {
  write_file(folder_ / "mine.csv", "who,item,rating\n1,2,3\n");
  EXPECT_THAT(message_of(3, {"train", "tiny.json", R"(data={"type": "csv", "path": "mine.csv"})"}),
              AllOf(HasSubstr("mine.csv:1"), HasSubstr("data.user_column")));
}

TEST_F(Row21BadData, AFileWithoutLinesIsRefusedByItsFirst) {
  write_file(folder_ / "mine.csv", std::string(std::size_t{3} << 20, ','));
  EXPECT_THAT(message_of(3, {"train", "tiny.json", R"(data={"type": "csv", "path": "mine.csv"})"}),
              AllOf(HasSubstr("mine.csv:1"), HasSubstr("a line longer than")));
}

class DamagedRun : public Row21BadData {
 protected:
  DamagedRun() {
    write_file(folder_ / "u.data", ratings());
    output_of(train("u.data"));
  }
};

TEST_F(DamagedRun, ChangedRatingsAreNotEvaluated) {
  output_of({"evaluate", "run"});
  write_file(folder_ / "u.data", ratings() + "21\t1\t3\t0\n");
  EXPECT_THAT(message_of(3, {"evaluate", "run"}), AllOf(HasSubstr("u.data"), HasSubstr("run")));
  fs::remove(folder_ / "u.data");
  EXPECT_THAT(message_of(3, {"evaluate", "run"}), HasSubstr("u.data"));
}

TEST_F(DamagedRun, TruncatedOrMissingWeightsEndWith5) {
  const fs::path weights = folder_ / "run/seed-0/weights.safetensors";
  for (const std::uintmax_t size :
       {fs::file_size(weights) - 1, std::uintmax_t{20}, std::uintmax_t{0}}) {
    fs::resize_file(weights, size);
    EXPECT_THAT(message_of(5, {"evaluate", "run"}), HasSubstr("weights.safetensors"));
  }
  fs::remove(weights);
  EXPECT_THAT(message_of(5, {"evaluate", "run"}), HasSubstr("weights.safetensors"));
}

TEST_F(DamagedRun, AFlippedBitOfTheWeightsEndsWith5) {
  const fs::path weights = folder_ / "run/seed-0/weights.safetensors";
  std::string bytes = read_file(weights);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(weights, bytes);
  const auto names_it = AllOf(HasSubstr("weights.safetensors"), HasSubstr("'encoder.weight'"));
  EXPECT_THAT(message_of(5, {"evaluate", "run"}), names_it);
  EXPECT_THAT(message_of(5, {"predict", "run", "--user", "1"}), names_it);
}

TEST_F(DamagedRun, WeightsOfAnotherModelEndWith5) {
  const std::string resolved = read_file(folder_ / "run/seed-0/resolved.json");
  const auto at = resolved.find("\"hidden_units\": 5");
  ASSERT_NE(at, resolved.npos);
  write_file(folder_ / "run/seed-0/resolved.json",
             std::string(resolved).replace(at, 17, "\"hidden_units\": 6"));
  EXPECT_THAT(message_of(5, {"evaluate", "run"}), HasSubstr("encoder.weight"));
}

TEST_F(DamagedRun, AFolderThatIsNoRunEndsWith5) {
  fs::create_directory(folder_ / "empty");
  EXPECT_THAT(message_of(5, {"evaluate", "empty"}), HasSubstr("empty"));
  EXPECT_THAT(message_of(5, {"evaluate", "tiny.json"}), HasSubstr("tiny.json"));
  EXPECT_THAT(message_of(5, {"evaluate", "none"}), HasSubstr("none"));
  fs::remove(folder_ / "run/seed-0/result.json");
  EXPECT_THAT(message_of(5, {"evaluate", "run"}), HasSubstr("no run with result.json"));
}

}  // namespace
}  // namespace lacuna::experiments
