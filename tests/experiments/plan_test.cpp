#include "experiments/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/error.hpp"
#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* two_variants = R"({
  "data": { "type": "synthetic" },
  "model": { "type": "autorec", "hidden_units": 5 },
  "variants": {
    "zebra": { "model.hidden_units": 20, "train.epochs": 3 },
    "ant": { "model.input": { "type": "zero_imputation" } }
  }
})";

class LoadPlan : public ::testing::Test {
 protected:
  Plan load(const std::vector<std::string>& overrides, const char* text = two_variants) const {
    write_file(folder_ / "file.json", text);
    return load_plan(folder_ / "file.json", overrides);
  }

  std::string error(const std::vector<std::string>& overrides,
                    const char* text = two_variants) const {
    return testing::message_of<ConfigError>([&] { load(overrides, text); });
  }

  testing::TemporaryFolder folder_;
};

int hidden_units(const Variant& variant) {
  return std::get<models::AutoRecConfig>(variant.experiment.model).hidden_units;
}

std::vector<std::string> names(const Plan& plan) {
  std::vector<std::string> all;
  std::ranges::transform(plan.variants, std::back_inserter(all), &Variant::name);
  return all;
}

TEST_F(LoadPlan, VariantsKeepTheFilesOrderAndTheirChanges) {
  const Plan plan = load({});
  EXPECT_EQ(plan.name, "file");
  EXPECT_THAT(names(plan), ElementsAre("zebra", "ant"));
  EXPECT_EQ(hidden_units(plan.variants[0]), 20);
  EXPECT_EQ(plan.variants[0].experiment.train.epochs, 3);
  EXPECT_EQ(hidden_units(plan.variants[1]), 5);
  const auto& ant = std::get<models::AutoRecConfig>(plan.variants[1].experiment.model);
  EXPECT_TRUE(std::holds_alternative<models::ZeroImputation>(ant.input));
}

TEST_F(LoadPlan, AnOverrideWinsOverAVariant) {
  const Plan plan = load({"model.hidden_units=7"});
  EXPECT_EQ(hidden_units(plan.variants[0]), 7);
  EXPECT_EQ(hidden_units(plan.variants[1]), 7);
  EXPECT_EQ(plan.variants[0].experiment.train.epochs, 3);
}

TEST_F(LoadPlan, OverridesReachTheVariantsThemselves) {
  EXPECT_EQ(hidden_units(load({"variants.zebra={\"model.hidden_units\": 9}"}).variants[0]), 9);
  EXPECT_THAT(names(load({"variants={\"one\": {}}"})), ElementsAre("one"));
  EXPECT_THAT(names(load({"variants={}"})), ElementsAre(""));
  EXPECT_THAT(error({"variants={\"one\": {\"model.hiden_units\": 3}}"}), HasSubstr("hidden_units"));
  EXPECT_THAT(error({"variants={\"one\": 3}"}), HasSubstr("command line: variants="));
}

TEST_F(LoadPlan, SeedsAreACountOrAList) {
  EXPECT_THAT(load({}).seeds, ElementsAre(0));
  EXPECT_THAT(load({"seeds=3", "seed=5"}).seeds, ElementsAre(5, 6, 7));
  EXPECT_THAT(load({"seeds=[4,9]"}).seeds, ElementsAre(4, 9));
  EXPECT_THAT(error({"seeds=[4,9,4]"}), HasSubstr("only once"));
  EXPECT_THAT(error({"seeds=[]"}), HasSubstr("at least one seed"));
  EXPECT_THAT(error({"seeds=0"}), HasSubstr("between 1 and 10000"));
}

TEST_F(LoadPlan, AVariantMayNotChangeTheLaunch) {
  for (const char* key : {"seed", "seeds", "device", "threads", "output.dir", "name", "variants"}) {
    const std::string text = std::string(R"({"data": {"type": "synthetic"},
      "model": {"type": "autorec"},
      "variants": {"a": {")") +
                             key + R"(": 1}}})";
    EXPECT_THAT(error({}, text.c_str()),
                ::testing::AllOf(HasSubstr("file.json:3:26"), HasSubstr(key)));
  }
}

TEST_F(LoadPlan, AFaultInAVariantIsNamedByItsPlace) {
  EXPECT_THAT(error({}, R"({
  "data": {"type": "synthetic"},
  "model": {"type": "autorec"},
  "variants": {
    "fine": {},
    "broken": {"model.hiden_units": 3}
  }
})"),
              ::testing::AllOf(HasSubstr("file.json:6:16"), HasSubstr("'hidden_units'")));
}

}  // namespace
}  // namespace lacuna::experiments
