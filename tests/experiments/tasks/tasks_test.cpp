#include "experiments/tasks/tasks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "experiments/experiment_json.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TaskKinds, EachIsWhole) {
  std::set<std::string_view> names;
  for (const TaskKind* kind : task_kinds()) {
    EXPECT_TRUE(names.insert(kind->name()).second) << kind->name();
    EXPECT_FALSE(kind->cases().empty()) << kind->name();
    ASSERT_FALSE(kind->test_scores().empty()) << kind->name();
    EXPECT_FALSE(kind->test_scores().front().column.empty()) << "the score that counts is shown";
    for (const ScoreForm& form : kind->test_scores()) EXPECT_NE(form.metric, nullptr) << form.name;
  }
}

TEST(TaskKinds, OfRunsAreFoundByTheirType) {
  const auto kind = [](const char* resolved) -> const TaskKind& {
    return kind_of_resolved(config::parse_json(resolved, "resolved.json"));
  };
  const TaskKind& first = kind_of(EvaluateConfig{});
  EXPECT_EQ(&kind("{}"), &first) << "runs of before there were tasks";
  EXPECT_EQ(&kind(R"({"evaluate": {"test": true}})"), &first);
  for (const TaskKind* each : task_kinds()) {
    const std::string text = R"({"evaluate": {"type": ")" + std::string(each->name()) + "\"}}";
    EXPECT_EQ(&kind(text.c_str()), each);
  }
  EXPECT_THAT(testing::message_of<ConfigError>([&] { kind(R"({"evaluate": {"type": "luck"}})"); }),
              HasSubstr("luck"));
}

TEST(EvaluateConfig, OfRatingsIsWrittenAsItAlwaysWas) {
  const config::Json json = to_json(EvaluateConfig{RatingPredictionConfig{}});
  EXPECT_EQ(
      config::dump(json, 0),
      R"({"test": true, "clip": true, "cold": "global_mean", "probe": null, "ranking": null})");
}

TEST(EvaluateConfig, WithoutTestNeverLooks) {
  const EvaluateConfig searched = without_test(RatingPredictionConfig{.probe = ProbeConfig{}});
  EXPECT_FALSE(looks_at_test(searched));
  EXPECT_FALSE(kind_of(searched).wants_pictures(searched));
}

TEST(DataConfig, KnowsItsPathAndSplit) {
  DataConfig generated = data::SyntheticSource{};
  EXPECT_EQ(path_of(generated), nullptr);
  EXPECT_EQ(to_json(with_path(generated, "here")), to_json(generated));
  set_split_seed(generated, 7);
  EXPECT_EQ(split_seed(generated), 7u);
  const DataConfig file = with_path(data::CsvSource{}, "here");
  EXPECT_EQ(*path_of(file), "here");
}

TEST(DataConfig, BelongsToTheFamiliesThatListIt) {
  using Files = std::variant<data::MovieLensSource, data::CsvSource>;
  EXPECT_TRUE(family_of<Files>(data::CsvSource{}));
  EXPECT_FALSE(family_of<Files>(data::SyntheticSource{}));
  EXPECT_NO_THROW(check_together(data::CsvSource{}, RatingPredictionConfig{}));
}

}  // namespace
}  // namespace lacuna::experiments
