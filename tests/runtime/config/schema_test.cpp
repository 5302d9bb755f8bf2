#include "runtime/config/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/json_reader.hpp"
#include "tests/runtime/config/sample.hpp"

namespace lacuna::config {
namespace {

using sample::Experiment;
using ::testing::HasSubstr;

Json property(std::string_view key) {
  return schema<Experiment>("sample").at("properties").at(key);
}

TEST(Schema, StatesDialectTitleAndClosedObjects) {
  const Json json = schema<Experiment>("sample");
  EXPECT_EQ(json.at("$schema").as_string(), "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(json.at("title").as_string(), "sample");
  EXPECT_EQ(json.at("type").as_string(), "object");
  EXPECT_FALSE(json.at("additionalProperties").as_bool());
  EXPECT_FALSE(property("split").at("additionalProperties").as_bool());
  EXPECT_EQ(parse_json(dump(json), "schema"), json);
}

TEST(Schema, DescribesNumbersWithRangeAndDefault) {
  EXPECT_EQ(dump(property("hidden_units"), 0),
            R"({"description": "units of the hidden layer", "type": "integer", "minimum": 1, )"
            R"("maximum": 100000, "default": 500})");
  EXPECT_EQ(property("learning_rate").at("exclusiveMinimum"), Json(0));
  EXPECT_EQ(property("learning_rate").find("maximum"), nullptr);
  EXPECT_EQ(property("split").at("properties").at("seed").at("minimum").as_int64(), 0);
}

TEST(Schema, DescribesWordsUnionsListsAndOptionals) {
  EXPECT_EQ(dump(property("scale").at("anyOf"), 0),
            R"([{"enum": ["n0", "n1", "mean_count"]}, {"type": "number", "exclusiveMinimum": 0}])");
  const Json pair = property("clip").at("anyOf").as_array()[1];
  EXPECT_EQ(pair.at("minItems").as_int64(), 2);
  EXPECT_EQ(pair.at("maxItems").as_int64(), 2);
  EXPECT_EQ(pair.at("items").at("type").as_string(), "number");
  EXPECT_EQ(property("patience").at("anyOf").as_array()[1], Json::object({{"type", "null"}}));
  EXPECT_EQ(property("patience").find("default"), nullptr);
  EXPECT_EQ(property("more_splits").at("items").at("type").as_string(), "object");
  EXPECT_EQ(property("variants").at("additionalProperties"), Json::object());
  EXPECT_EQ(dump(property("notes"), 0), R"({"description": "anything"})");
}

TEST(Schema, TaggedVariantsAreChosenByAConstantType) {
  const auto choices = property("source").at("oneOf").as_array();
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_EQ(choices[0].at("properties").at("type"), Json::object({{"const", "synthetic"}}));
  EXPECT_EQ(choices[0].at("required"), Json::array({"type"}));
  EXPECT_EQ(choices[1].at("required"), Json::array({"type", "path"}));
  EXPECT_EQ(choices[1].at("properties").at("path").find("default"), nullptr);
}

TEST(Schema, IsListedAsText) {
  const std::string text = describe<Experiment>();
  EXPECT_THAT(text, HasSubstr("hidden_units "));
  EXPECT_THAT(text, HasSubstr("integer 1..100000 (default 500)\n"));
  EXPECT_THAT(text, HasSubstr("number > 0 (default 0.001)\n"));
  EXPECT_THAT(text, HasSubstr("units of the hidden layer\n"));
  EXPECT_THAT(text, HasSubstr("split.test "));
  EXPECT_THAT(text, HasSubstr("string (required)\n"));
  EXPECT_THAT(text, HasSubstr("\"synthetic\" or \"csv\" (default \"synthetic\")\n"));
  EXPECT_THAT(text, HasSubstr("source.users "));
  EXPECT_THAT(text, HasSubstr("more_splits[].test "));
}

}  // namespace
}  // namespace lacuna::config
