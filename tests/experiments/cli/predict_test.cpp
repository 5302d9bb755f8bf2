#include "tests/experiments/predict_test.hpp"
#include "runtime/data/ratings/rating_stats.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

struct Rated {
  std::uint64_t user;
  std::uint64_t item;
  float rating;
  bool warm;
};

/// The entries of a part of the split, by the file's ids, and whether they are warm.
std::vector<Rated> entries(const data::Dataset& dataset, const data::CsrArrays& part,
                           bool by_user) {
  const auto warm = data::warm_entries(part, data::rating_stats(dataset.split.train));
  std::vector<Rated> all;
  for (std::size_t r = 0; r < static_cast<std::size_t>(part.rows); ++r) {
    for (auto e = static_cast<std::size_t>(part.row_ptr[r]);
         e < static_cast<std::size_t>(part.row_ptr[r + 1]); ++e) {
      const auto c = static_cast<std::size_t>(part.col[e]);
      all.push_back({dataset.ids.user.numbers()[by_user ? r : c],
                     dataset.ids.item.numbers()[by_user ? c : r], part.value[e], warm[e] != 0});
    }
  }
  return all;
}

class Predict : public PredictTest, public ::testing::WithParamInterface<const char*> {
 protected:
  Predict() : PredictTest(GetParam()) {}

  std::vector<Rated> part(const data::CsrArrays data::Split::*which) const {
    const data::Dataset all = dataset();
    return entries(all, all.split.*which, vectors_ == "user");
  }
};

TEST_P(Predict, TestPairsInAnyOrderHaveTheErrorThatEvaluationFound) {
  std::vector<Rated> test = part(&data::Split::test);
  std::ranges::reverse(test);
  test.push_back(test.front());
  std::string pairs = "item,user\n";
  for (const Rated& pair : test) pairs += fmt::format("{},{}\n", pair.item, pair.user);
  write_file(folder_ / "pairs.csv", pairs);

  const std::vector<PredictedPair> found = predict({"--pairs", "pairs.csv"});
  ASSERT_EQ(found.size(), test.size());
  double squares = 0;
  bool any_cold = false;
  for (std::size_t i = 0; i < test.size(); ++i) {
    EXPECT_EQ(found[i].user, test[i].user);
    EXPECT_EQ(found[i].item, test[i].item);
    EXPECT_EQ(found[i].cold, !test[i].warm);
    any_cold = any_cold || found[i].cold;
    if (i + 1 < test.size()) {
      squares += std::pow(found[i].value - static_cast<double>(test[i].rating), 2);
    }
  }
  EXPECT_TRUE(any_cold);
  EXPECT_EQ(found.back().value, found.front().value);
  const Json result = config::read_json(folder_ / "run/seed-0/result.json");
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(test.size() - 1)),
              result.at("test").at("rmse").as_double(), 1e-6);
}

TEST_P(Predict, TopLeavesOutAllThatTheUserRatedAndStartsWithTheBest) {
  std::set<std::uint64_t> rated;
  for (const auto which : {&data::Split::train, &data::Split::validation, &data::Split::test}) {
    for (const Rated& rating : part(which)) {
      if (rating.user == 104) rated.insert(rating.item);
    }
  }
  const std::vector<PredictedPair> all = predict({"--user", "104", "--top", "1000"});
  EXPECT_EQ(all.size() + rated.size(), 42u);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].user, 104u);
    EXPECT_FALSE(rated.contains(all[i].item));
    if (i == 0) continue;
    EXPECT_LE(all[i - 1].cold, all[i].cold);
    if (all[i - 1].cold == all[i].cold) {
      EXPECT_GE(all[i - 1].value, all[i].value);
    }
  }
  const std::vector<PredictedPair> best = predict({"--user", "104", "--top", "3"});
  ASSERT_THAT(best, SizeIs(3));
  for (std::size_t i = 0; i < best.size(); ++i) EXPECT_EQ(best[i].item, all[i].item);
  EXPECT_THAT(predict({"--user", "104"}), SizeIs(10));
}

TEST_P(Predict, PairsThatTheDataDoNotKnowAreCold) {
  write_file(folder_ / "pairs.csv", "item;user;why\n1000;101;x\n1000;nobody;y\n7;101;z\n");
  const auto text = output_of({"predict", "run", "--pairs", "pairs.csv", "--output", "out.csv"});
  EXPECT_THAT(text, HasSubstr("3 predictions"));
  const auto lines = lines_of(read_file(folder_ / "out.csv"));
  ASSERT_THAT(lines, SizeIs(4));
  const double mean = data::rating_stats(dataset().split.train).mean;
  EXPECT_THAT(lines[1], ::testing::EndsWith(",false"));
  EXPECT_EQ(lines[2], fmt::format("nobody,1000,{},true", static_cast<float>(mean)));
  EXPECT_EQ(lines[3], fmt::format("101,7,{},true", static_cast<float>(mean)));
}

TEST_P(Predict, AllUsersGetWhatEachGetsAlone) {
  for (const char* top : {"3", "1000"}) {
    const std::vector<PredictedPair> all = predict({"--all-users", "--top", top});
    std::map<std::uint64_t, std::vector<PredictedPair>> by_user;
    for (const PredictedPair& one : all) by_user[one.user.value()].push_back(one);
    EXPECT_EQ(by_user.size(), static_cast<std::size_t>(dataset().ids.user.size()));
    for (const std::uint64_t user : {101u, 104u, 130u}) {
      const auto alone = predict({"--user", std::to_string(user), "--top", top});
      ASSERT_EQ(by_user[user].size(), alone.size());
      for (std::size_t i = 0; i < alone.size(); ++i) {
        EXPECT_EQ(by_user[user][i].item, alone[i].item);
        EXPECT_EQ(by_user[user][i].cold, alone[i].cold);
        EXPECT_NEAR(by_user[user][i].value, alone[i].value, 1e-5);
      }
    }
  }
}

TEST_P(Predict, ItemsAndExclusionsAreTheUsers) {
  write_file(folder_ / "only.csv", "item\n1000\n1005\n77\n");
  write_file(folder_ / "out.csv", "user,item\n104,1005\nnobody,1\n");
  const auto items_of = [&](std::vector<std::string> options) {
    options.insert(options.begin(), "--all-users");
    std::set<std::uint64_t> items;
    for (const PredictedPair& one : predict(options)) {
      if (one.user == 104) items.insert(one.item);
    }
    return items;
  };
  EXPECT_EQ(items_of({"--items", "only.csv", "--exclude", "none"}),
            (std::set<std::uint64_t>{1000, 1005}));
  EXPECT_EQ(items_of({"--items", "only.csv", "--exclude", "out.csv"}),
            (std::set<std::uint64_t>{1000}));
  EXPECT_EQ(items_of({"--exclude", "none", "--top", "1000"}).size(), 42u);
  EXPECT_THAT(message_of(2, {"predict", "run", "--all-users", "--user", "104"}),
              HasSubstr("--all-users"));
  EXPECT_THAT(message_of(2, {"predict", "run", "--user", "104", "--exclude", "none"}),
              HasSubstr("--all-users"));
}

TEST_P(Predict, ATableIsPrintedAndFilesAreWritten) {
  const std::vector<std::string> top{"predict", "run", "--user", "104", "--top", "2"};
  EXPECT_THAT(output_of(top), AllOf(HasSubstr("user  item  prediction  cold"), HasSubstr("104")));
  EXPECT_THAT(lines_of(output_of(top)), SizeIs(4));
  const auto saved_in = [&](const std::string& name) {
    std::vector<std::string> arguments = top;
    arguments.insert(arguments.end(), {"--output", name});
    EXPECT_EQ(output_of(arguments), "2 predictions: " + name + "\n");
    return read_file(folder_ / name);
  };
  EXPECT_THAT(saved_in("top.csv"), ::testing::StartsWith("user,item,prediction,cold\n104,"));
  EXPECT_THAT(config::parse_json(saved_in("top.json"), "").at("predictions").as_array(), SizeIs(2));
}

TEST_P(Predict, TitlesAreShownWhereTheDataHaveThem) {
  std::string movies = "movieId,title\n";
  for (int item = 0; item < 12; ++item)
    movies += fmt::format("{},Film {}\n", 1000 + 5 * item, item);
  write_file(folder_ / "movies.csv", movies);
  EXPECT_THAT(output_of({"predict", "run", "--user", "104", "--top", "42"}),
              AllOf(HasSubstr("title"), HasSubstr("Film ")));
  write_file(folder_ / "movies.csv", movies + "x\n");
  EXPECT_THAT(message_of(0, {"predict", "run", "--user", "104"}), HasSubstr("no titles: "));
}

INSTANTIATE_TEST_SUITE_P(Vectors, Predict, ::testing::Values("user", "item"),
                         [](const auto& test) { return std::string(test.param); });

class NewUser : public PredictTest {
 protected:
  NewUser() : PredictTest("user") {}
};

TEST_F(NewUser, WithAKnownUsersTrainingRatingsGetsTheSamePredictions) {
  const data::Dataset all = dataset();
  std::string mine = "item,rating\n";
  std::set<std::uint64_t> rated;
  for (const Rated& rating : entries(all, all.split.train, true)) {
    if (rating.user != 107) continue;
    mine += fmt::format("{},{}\n", rating.item, rating.rating);
    rated.insert(rating.item);
  }
  write_file(folder_ / "mine.csv", mine);
  write_file(folder_ / "items.csv", "item\n1055\n1000\n");
  write_file(folder_ / "pairs.csv", "user,item\n107,1055\n107,1000\n");
  const auto known = predict({"--pairs", "pairs.csv"});
  const auto found = predict({"--pairs", "items.csv", "--ratings", "mine.csv"});
  ASSERT_THAT(found, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_FALSE(found[i].user);
    EXPECT_EQ(found[i].item, known[i].item);
    EXPECT_EQ(found[i].value, known[i].value);
  }
  const auto best = predict({"--ratings", "mine.csv", "--top", "100"});
  EXPECT_EQ(best.size() + rated.size(), 42u);
  for (const PredictedPair& item : best) EXPECT_FALSE(rated.contains(item.item));
  EXPECT_THAT(output_of({"predict", "run", "--ratings", "mine.csv"}), Not(HasSubstr("user")));
}

TEST_F(NewUser, TheRunMayBeNamedByItsOwnFolderAndLieElsewhere) {
  const testing::TemporaryFolder elsewhere;
  const std::string run = (folder_ / "run/seed-0").string();
  const testing::ProgramResult result =
      testing::run_lacuna({"predict", run, "--user", "104"}, elsewhere.path());
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, output_of({"predict", "run", "--user", "104"}));
  EXPECT_EQ(elsewhere.entries(), 0) << "nothing is written";
}

}  // namespace
}  // namespace lacuna::experiments
