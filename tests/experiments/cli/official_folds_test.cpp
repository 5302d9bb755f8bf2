#include <fmt/format.h>

#include <set>

#include "tests/experiments/program_test.hpp"

/// The official folds of MovieLens 100K, where LACUNA_DATA has them.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;

/// user,item,rating of each line, as --export writes them.
using Rows = std::multiset<std::string>;

class OfficialFolds : public ProgramTest {
 protected:
  void SetUp() override {
    const char* data = std::getenv("LACUNA_DATA");
    if (data == nullptr) GTEST_SKIP() << "LACUNA_DATA is not set";
    const fs::path source = fs::path(data) / "ml-100k";
    if (!fs::exists(source / "splits_test.tar.gz")) GTEST_SKIP() << "no folds there";
    fs::create_directory(folder_ / "ml");
    const std::string script =
        "tar -xzf \"$1/splits_test.tar.gz\" -C ml && gzip -dc \"$1/u.data.gz\" >ml/u.data";
    ASSERT_EQ(
        testing::RunningProgram("/bin/sh", {"-c", script, "sh", source.string()}, folder_.path())
            .wait()
            .exit_code,
        0);
  }

  /// Of a file of MovieLens 100K.
  Rows rows_of(const std::string& name) const {
    Rows rows;
    for (std::string line : lines_of(read_file(folder_ / "ml" / name))) {
      line.resize(line.rfind('\t'));  // without the timestamp
      std::ranges::replace(line, '\t', ',');
      rows.insert(line);
    }
    return rows;
  }
  /// Of files that --export wrote.
  Rows exported(std::initializer_list<const char*> names) const {
    Rows rows;
    for (const char* name : names) {
      const std::vector<std::string> lines = lines_of(read_file(folder_ / "split" / name));
      rows.insert(lines.begin() + 1, lines.end());
    }
    return rows;
  }
  /// All of u.data but the test part.
  Rows base_of(const Rows& test) const {
    Rows base = rows_of("u.data");
    for (const std::string& row : test) base.erase(base.find(row));
    return base;
  }

  static std::string data(const std::string& fold) {
    return fmt::format(R"(data={{"type": "movielens", "path": "ml", "fold": "{}"}})", fold);
  }
  void expect_exported(const std::string& fold) const {
    output_of({"data", "tiny.json", data(fold), "--export", "split"});
    const Rows test = rows_of(fold + ".test");
    EXPECT_EQ(exported({"test.csv"}), test) << fold;
    EXPECT_EQ(exported({"train.csv", "validation.csv"}), base_of(test)) << fold;
  }
};

TEST_F(OfficialFolds, OfMovieLens100KAreTheirFiles) {
  for (const char* fold : {"u1", "u2", "u3", "u4", "u5", "ua", "ub"}) expect_exported(fold);
}

TEST_F(OfficialFolds, U1TrainsOfItsTwoFilesAsOfTheWhole) {
  output_of({"train", "tiny.json", "-q", "train.epochs=1", "output.dir=whole", data("u1")});
  std::string base;
  std::set<std::string> test;
  for (const std::string& line : lines_of(read_file(folder_ / "ml/u1.test"))) test.insert(line);
  for (const std::string& line : lines_of(read_file(folder_ / "ml/u.data"))) {
    if (!test.contains(line)) base += line + '\n';
  }
  write_file(folder_ / "ml/u1.base", base);
  expect_exported("u1");
  output_of({"train", "tiny.json", "-q", "train.epochs=1", "output.dir=two", data("u1")});
  EXPECT_EQ(read_file(folder_ / "two/seed-0/weights.safetensors"),
            read_file(folder_ / "whole/seed-0/weights.safetensors"));
}

}  // namespace
}  // namespace lacuna::experiments
