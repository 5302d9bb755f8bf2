#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>
#include <thread>

#include "tests/experiments/program_test.hpp"

/// Public data sets in small: trained, evaluated and predicted from by the program.
namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int users = 30;
constexpr int items = 12;

/// Calls row(user, item, rating) for the ratings of all data sets here.
void for_each_rating(const std::function<void(int, int, int)>& row) {
  for (int user = 0; user < users; ++user) {
    for (int item = 0; item < items; ++item) {
      if ((user * 7 + item * 3) % 4 != 0) row(user, item, 1 + (user * item + user) % 5);
    }
  }
}

struct DataSet {
  const char* name;
  const char* file;
  std::string text;
  const char* titles;
  std::string title_text;
  const char* user;   ///< of one who has ratings
  const char* title;  ///< of an item they have not rated

  friend void PrintTo(const DataSet& set, std::ostream* out) { *out << set.name; }
};

std::string netflix() {
  std::string text;
  for (int item = 0; item < items; ++item) {
    text += fmt::format("{}:\n", item + 1);
    for_each_rating([&](int user, int other, int rating) {
      if (other == item)
        text += fmt::format("{},{},2005-09-{:02}\n", 1000 + user, rating, 1 + user % 30);
    });
  }
  return text;
}

std::string jester() {
  std::string text;
  for (int user = 0; user < users; ++user) {
    std::string row;
    int count = 0;
    std::vector<std::string> cells(100, "99");
    for_each_rating([&](int other, int item, int rating) {
      if (other != user) return;
      cells[static_cast<std::size_t>(item)] = fmt::format("{:.2f}", 2.5 * rating - 6);
      ++count;
    });
    for (const std::string& cell : cells) row += "," + cell;
    text += fmt::format("{}{}\n", count, row);
  }
  return text;
}

std::string books() {
  std::string text = "\"User-ID\";\"ISBN\";\"Book-Rating\"\n";
  for_each_rating([&](int user, int item, int rating) {
    text += fmt::format("\"{}\";\"00{}X\";\"{}\"\n", 2000 + user, 100 + item, rating);
  });
  return text + "\"2000\";\"unread\";\"0\"\n";
}

std::string amazon() {
  std::string text;
  for_each_rating([&](int user, int item, int rating) {
    text += fmt::format(R"({{"reviewerID": "A{}", "asin": "B0000000{:02}", "overall": {}.0}})",
                        user, item, rating) +
            "\n";
  });
  return text;
}

struct DataSets : ProgramTest, ::testing::WithParamInterface<DataSet> {};

TEST_P(DataSets, TrainWithTheirIdsAndTitles) {
  const DataSet& set = GetParam();
  write_file(folder_ / set.file, set.text);
  if (set.titles != nullptr) write_file(folder_ / set.titles, set.title_text);
  const std::string data =
      fmt::format(R"(data={{"type": "{}", "path": "{}", "vectors": "user"}})", set.name, set.file);
  EXPECT_THAT(output_of({"train", "tiny.json", "-q", "output.dir=run", data}),
              HasSubstr("test RMSE"));
  EXPECT_THAT(output_of({"evaluate", "run"}), HasSubstr("test RMSE"));
  const auto top = output_of({"predict", "run", "--user", set.user, "--top", "12"});
  EXPECT_THAT(top, HasSubstr(set.user));
  if (set.titles != nullptr) {
    EXPECT_THAT(top, AllOf(HasSubstr("title"), HasSubstr(set.title)));
  }
  output_of({"predict", "run", "--all-users", "--top", "2", "--output", "top.csv"});
  EXPECT_THAT(read_file(folder_ / "top.csv"), HasSubstr(std::string(set.user) + ","));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DataSets,
    ::testing::Values(DataSet{"netflix_prize", "combined_data_1.txt", netflix(), "movie_titles.csv",
                              "1,2003,Dinosaur Planet, The\n5,2003,Heat\n", "1000",
                              "Dinosaur Planet, The"},
                      DataSet{"jester", "jester-data-1.csv", jester(), nullptr, "", "1", ""},
                      DataSet{"book_crossing", "BX-Book-Ratings.csv", books(), "BX-Books.csv",
                              "\"ISBN\";\"Book-Title\"\n\"00100X\";\"A; b\"\n", "2000", "A; b"},
                      DataSet{"amazon", "reviews.json", amazon(), "meta_reviews.json",
                              "{\"asin\": \"B000000000\", \"title\": \"A pen\"}\n", "A0", "A pen"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(DataSets, RankingsCountUsersAndLieInTheirRange) {
  write_file(folder_ / "r.json", amazon());
  const std::string data = R"(data={"type": "amazon", "path": "r.json", "test_share": 0.3})";
  output_of({"train", "tiny.json", "-q", "output.dir=run", data,
             R"(evaluate.ranking={"k": 3, "relevant": 4})"});
  const config::Json result = config::read_json(folder_ / "run/seed-0/result.json");
  const config::Json& test = result.at("test");
  for (const char* name : {"recall_at_k", "precision_at_k", "ndcg_at_k", "mrr_at_k"}) {
    EXPECT_GT(test.at(name).as_double(), 0) << name;
    EXPECT_LT(test.at(name).as_double(), 1) << name;
  }
  EXPECT_EQ(test.at("ranked_users").as_double() +
                result.at("details").at("users_without_relevant").as_double(),
            users);
}

TEST_F(DataSets, WithoutTestShareNothingIsTested) {
  write_file(folder_ / "r.json", amazon());
  const std::string data = R"(data={"type": "amazon", "path": "r.json", "test_share": 0})";
  EXPECT_THAT(output_of({"train", "tiny.json", "-q", "output.dir=run", data}),
              HasSubstr("not tested"));
  EXPECT_TRUE(config::read_json(folder_ / "run/seed-0/result.json").at("test").is_null());
}

TEST_F(DataSets, APipeIsNotReadTwice) {
  const std::string pipe = (folder_ / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << amazon(); });
  const std::string data = R"(data={"type": "amazon", "path": "pipe", "vectors": "user"})";
  const std::string fault = message_of(
      3, {"train", "tiny.json", "-q", "output.dir=run", data, "seeds=2", "seeds_vary=both"});
  writer.join();
  EXPECT_THAT(fault, HasSubstr("is a pipe, which can be read once"));
  EXPECT_FALSE(config::read_json(folder_ / "run/seed-0/result.json").at("test").is_null());
}

}  // namespace
}  // namespace lacuna::experiments
