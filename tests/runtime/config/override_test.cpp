#include "runtime/config/override.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "tests/runtime/config/config_error.hpp"
#include "tests/runtime/config/sample.hpp"

namespace lacuna::config {
namespace {

using sample::Experiment;
using ::testing::HasSubstr;

Json overridden(std::string_view text, std::string_view assignment) {
  Json json = parse_json(text, "f.json");
  apply_override(json, assignment);
  return json;
}
std::string error_of(std::string_view text, std::string_view assignment) {
  return config_error([&] { parse<Experiment>(overridden(text, assignment)); });
}

TEST(Override, ReplacesOrAddsValuesOnTheWay) {
  EXPECT_EQ(dump(overridden(R"({"a": {"b": 1, "c": 2}})", "a.b=5"), 0),
            R"({"a": {"b": 5, "c": 2}})");
  EXPECT_EQ(dump(overridden("{}", "a.b.c=true"), 0), R"({"a": {"b": {"c": true}}})");
  EXPECT_EQ(dump(overridden(R"({"a": null})", "a.b=1"), 0), R"({"a": {"b": 1}})");
  EXPECT_EQ(dump(overridden(R"({"a": {"b": 1}})", R"(a={"x": [1]})"), 0), R"({"a": {"x": [1]}})");
}

TEST(Override, FindsMembersAndElements) {
  const Json json = parse_json(R"({"a": [{"b": 1}, {"b": 2}]})", "f.json");
  ASSERT_NE(find_at(json, "a.1.b"), nullptr);
  EXPECT_EQ(*find_at(json, "a.1.b"), Json(2));
  for (const char* path : {"a.2.b", "a.b", "a.-1.b", "a.1x.b", "a.1.c", "a..b", "b"}) {
    EXPECT_EQ(find_at(json, path), nullptr) << path;
  }
}

TEST(Override, ReadsJsonWhereItIsJsonAndElseAString) {
  for (const char* text : {"~/ratings", "", "a=b", "item", "1e999", "nan", "{\"a\": 1", "0x10"}) {
    EXPECT_EQ(overridden("{}", "k=" + std::string(text)).at("k"), Json(text)) << text;
  }
  EXPECT_EQ(overridden("{}", "k=1e-3").at("k"), Json(1e-3));
  EXPECT_EQ(overridden("{}", "k=null").at("k"), Json());
  EXPECT_EQ(overridden("{}", "k=\"5\"").at("k"), Json("5"));
  EXPECT_EQ(overridden("{}", "k=[1, 2]").at("k"), Json::array({1, 2}));
}

TEST(Override, OfATextIsWhatWasTyped) {
  for (const char* text : {"20240612", "1e5", "true", "null", "-0", "007", "1.50", "x"}) {
    const Json json = overridden("{}", "name=" + std::string(text));
    EXPECT_EQ(parse<Experiment>(json).name, text);
  }
  EXPECT_EQ(parse<Experiment>(overridden("{}", R"(name="5")")).name, "5");
  EXPECT_EQ(parse<Experiment>(overridden("{}", "source={\"type\": \"csv\", \"path\": \"5\"}"))
                .source.index(),
            1U);
  EXPECT_THAT(error_of("{}", R"(source={"type": "csv", "path": 5})"), HasSubstr("a string"));
  EXPECT_THAT(error_of("{}", "name=[5]"), HasSubstr("must be a string, got an array"));
  EXPECT_THAT(error_of(R"({"name": 5})", "hidden_units=5"), HasSubstr("must be a string, got"))
      << "a file's are strict";
}

TEST(Override, OfATextInsideAnAlternativeIsWhatWasTyped) {
  Json json = overridden("{}", "source.type=csv");
  apply_override(json, "source.path=2012");
  EXPECT_EQ(std::get<sample::Table>(parse<Experiment>(json).source).path, "2012");
}

TEST(Override, OfWhatIsAbsentChangesTheDefault) {
  const auto read = parse<Experiment>(overridden("{}", "source.users=7"));
  EXPECT_EQ(read.source,
            (std::variant<sample::Synthetic, sample::Table>(sample::Synthetic{7, 0.5})));
  EXPECT_THAT(error_of(R"({"source": {}})", "source.users=7"), HasSubstr("this key is required"))
      << "a file's are strict";
  EXPECT_THAT(error_of("{}", R"(source={"users": 7})"), HasSubstr("this key is required"));
}

TEST(Override, OfAnAlternativeThatIsNotTheDefaultIsToldItsType) {
  EXPECT_EQ(error_of("{}", "source.path=x"),
            "command line: source.path=x: source.path: unknown key of type 'synthetic', the "
            "default; 'csv' has it: give source.type, too");
  EXPECT_THAT(error_of("{}", "source.usres=7"), HasSubstr("did you mean 'users'?"));
}

TEST(Override, IsThePlaceOfLaterErrors) {
  EXPECT_EQ(error_of("{}", "hiden_units=5"),
            "command line: hiden_units=5: hiden_units: unknown key; did you mean 'hidden_units'?");
  EXPECT_EQ(error_of("{}", "split.tset=0.5"),
            "command line: split.tset=0.5: split.tset: unknown key; did you mean 'test'?");
  EXPECT_EQ(error_of("{\n\"hidden_units\": 1}", "hidden_units=x"),
            "command line: hidden_units=x: hidden_units: must be an integer, got the string \"x\"");
  EXPECT_EQ(error_of("{}", "splt.test=0.5"),
            "command line: splt.test=0.5: splt: unknown key; did you mean 'split'?");
}

TEST(Override, ChoosesAnotherAlternativeByAWholeObject) {
  const char* text = R"({"source": {"type": "synthetic", "users": 5}})";
  EXPECT_THAT(error_of(text, "source.type=csv"), HasSubstr("source.users: unknown key of type"));
  EXPECT_EQ(error_of(text, R"(source={"type": "csv", "path": "x"})"), "");
}

TEST(Override, RejectsWhatIsNoAssignmentOrNoPath) {
  for (const char* bad : {"", "a", "=1", "a.b", ".=1", "a..b=1", ".a=1", "a.=1"}) {
    EXPECT_THAT(config_error([&] { overridden("{}", bad); }), HasSubstr("command line: ")) << bad;
  }
  std::string deep = "a";
  for (int i = 0; i < 1'000'000; ++i) deep += ".a";
  EXPECT_THAT(config_error([&] { overridden("{}", deep + "=1"); }), HasSubstr("is not a path"));
  EXPECT_LT(config_error([&] { overridden("{}", deep + "=1"); }).size(), 400U);
}

TEST(Override, CannotRunThroughAValueThatIsNoObject) {
  EXPECT_EQ(config_error([] { overridden(R"({"a": {"b": 5}})", "a.b.c=1"); }),
            "command line: a.b.c=1: \"a.b\" is not an object but the integer 5");
  EXPECT_THAT(config_error([] { overridden(R"({"a": [1]})", "a.0=1"); }),
              HasSubstr("\"a\" is not an object but an array"));
  EXPECT_THAT(config_error([] { overridden("[]", "a=1"); }),
              HasSubstr("the document is not an object"));
}

TEST(Override, OfAReadValueKeepsItsPlace) {
  Json root = Json::object();
  const Json variants = parse_json("{\n\"hiden_units\": 5}", "v.json");
  for (const auto& [key, value, place] : variants.as_object()) apply_override(root, key, value);
  EXPECT_THAT(config_error([&] { parse<Experiment>(root); }),
              HasSubstr("v.json:2:16: hiden_units: unknown key"));
}

}  // namespace
}  // namespace lacuna::config
