#include "runtime/config/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "runtime/config/json_reader.hpp"
#include "tests/runtime/config/config_error.hpp"

namespace lacuna::config {
namespace {

using ::testing::HasSubstr;

TEST(Json, IsBuiltAndReadInCode) {
  Json result = Json::object({{"rmse", 0.9}, {"epoch", 3}});
  result.set("seeds", Json::array({1, 2})).set("name", "quick").set("epoch", std::size_t{4});
  EXPECT_EQ(dump(result, 0), R"({"rmse": 0.9, "epoch": 4, "seeds": [1, 2], "name": "quick"})");
  EXPECT_EQ(result.at("epoch").as_int64(), 4);
  EXPECT_EQ(result.at("rmse").as_double(), 0.9);
  EXPECT_EQ(result.at("name").as_string(), "quick");
  EXPECT_EQ(result.at("seeds").as_array().size(), 2U);
  EXPECT_EQ(result.find("absent"), nullptr);
}

TEST(Json, AccessErrorsSayWhatWasFoundAndWhere) {
  const Json json = parse_json("{\"a\":\n  \"x\"}", "f.json");
  EXPECT_EQ(config_error([&] { json.at("a").as_int64(); }),
            "f.json:2:3: must be a 64-bit integer, got the string \"x\"");
  EXPECT_EQ(config_error([&] { json.at("b"); }), "f.json:1:1: the key \"b\" is missing");
  EXPECT_EQ(config_error([&] { Json(5).find("b"); }), "must be an object, got the integer 5");
  EXPECT_EQ(config_error([&] { Json::object().push_back(1); }), "must be an array, got an object");
  EXPECT_THAT(config_error([&] { Json::array().set("a", 1); }), HasSubstr("must be an object"));
  EXPECT_THAT(config_error([&] { Json(-1).as_uint64(); }), HasSubstr("got the integer -1"));
  EXPECT_THAT(config_error([&] { Json(2.5).as_int64(); }), HasSubstr("got the number 2.5"));
  EXPECT_THAT(config_error([&] { Json().as_bool(); }), HasSubstr("got null"));
}

TEST(Json, IntegerValuedDoublesAreIntegersWhileTheyAreExact) {
  EXPECT_EQ(Json(5.0).to_int64(), 5);
  EXPECT_EQ(Json(9007199254740992.0).to_int64(), std::int64_t{1} << 53);
  EXPECT_EQ(Json(9007199254740994.0).to_int64(), std::nullopt);
  EXPECT_EQ(Json(5.5).to_int64(), std::nullopt);
  EXPECT_EQ(Json(-5.0).to_uint64(), std::nullopt);
  EXPECT_EQ(Json(std::nan("")).to_int64(), std::nullopt);
}

TEST(Json, EveryIntegerSurvives) {
  for (const auto value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                           std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(parse_json(dump(value), "").as_int64(), value);
  }
  const auto largest = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(parse_json(dump(largest), "").as_uint64(), largest);
  EXPECT_EQ(Json(largest).to_int64(), std::nullopt);
}

TEST(Json, DoublesAreWrittenShortestAndReadBackEqual) {
  EXPECT_EQ(dump(0.1), "0.1");
  EXPECT_EQ(dump(1.0), "1.0");
  EXPECT_EQ(dump(-0.0), "-0.0");
  EXPECT_EQ(dump(0.1F), "0.1");
  EXPECT_EQ(dump(1e300), "1e+300");
  for (const double value :
       {1.0 / 3.0, 5e-324, std::numeric_limits<double>::max(), 1e22, 123456789.0, 1e16, -2.5e-7}) {
    EXPECT_EQ(parse_json(dump(value), ""), Json(value)) << dump(value);
  }
}

TEST(Json, NotANumberIsWrittenAsNull) {
  EXPECT_EQ(dump(std::nan("")), "null");
  EXPECT_EQ(dump(-std::numeric_limits<float>::infinity()), "null");
}

TEST(Json, StringsAreEscapedAndAlwaysValidUtf8) {
  EXPECT_EQ(dump(std::string("a\"\\\n\t\x01\x7F\0b", 9)), R"("a\"\\\n\t\u0001\u007f\u0000b")");
  EXPECT_EQ(dump("\xC3\xA9 \xF0\x9F\x98\x80"), "\"\xC3\xA9 \xF0\x9F\x98\x80\"");
  for (const char* bad : {"\xFF", "\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xF0\x9F\x98", "\xC3"}) {
    const std::string text = dump(std::string(bad) + "x");
    EXPECT_THAT(text, HasSubstr("\xEF\xBF\xBD"));
    EXPECT_THAT(parse_json(text, "").as_string(), ::testing::EndsWith("x"));
  }
}

TEST(Json, IndentedTextKeepsListsOfNumbersOnOneLine) {
  const Json json = Json::object({{"a", Json::array({1, 2})},
                                  {"b", Json::array({Json::object({{"c", 1}})})},
                                  {"d", Json::object()},
                                  {"e", Json::array()}});
  EXPECT_EQ(dump(json, 2), R"({
  "a": [1, 2],
  "b": [
    {
      "c": 1
    }
  ],
  "d": {},
  "e": []
})");
  EXPECT_EQ(parse_json(dump(json, 2), ""), json);
  EXPECT_EQ(parse_json(dump(json, 0), ""), json);
}

TEST(Json, RelocateReachesEveryValueAndKey) {
  Json json = parse_json(R"({"a": [1, {"b": 2}]})", "f.json");
  json.relocate({std::make_shared<const std::string>("elsewhere")});
  const Json::Member& a = json.as_object()[0];
  const Json::Member& b = a.value.as_array()[1].as_object()[0];
  for (const Place& place :
       {json.place(), a.key_place, a.value.place(), b.key_place, b.value.place()}) {
    EXPECT_EQ(to_string(place), "elsewhere");
  }
}

TEST(Json, QuotedTextIsCutBetweenCharactersAndHarmlessToATerminal) {
  EXPECT_EQ(in_quotes("\x1b[31m"), "\"\\u001b[31m\"");
  std::string accents(59, 'x');
  accents += "\xC3\xA9 and more";
  EXPECT_EQ(in_quotes(accents), "\"" + std::string(59, 'x') + "\"...");
  EXPECT_THAT(in_quotes(std::string(100, '\x80')), ::testing::EndsWith("\"..."));
}

}  // namespace
}  // namespace lacuna::config
