#include "runtime/config/parse.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/schema.hpp"
#include "runtime/config/write.hpp"
#include "tests/runtime/config/config_error.hpp"
#include "tests/runtime/config/sample.hpp"

namespace lacuna::config {
namespace {

using sample::Experiment;
using ::testing::HasSubstr;

Experiment parsed(std::string_view text) {
  return parse<Experiment>(parse_json(text, "f.json"));
}
std::string error_of(std::string_view text) {
  return config_error([&] { parsed(text); });
}

TEST(Parse, AbsentKeysKeepTheirDefaults) {
  EXPECT_EQ(parsed("{}"), Experiment{});
}

TEST(Parse, ReadsEveryKindOfMember) {
  const Experiment e = parsed(R"({
      "name": "x", "source": {"type": "csv", "path": "r.csv"}, "split": {"test": 0.2, "seed": 7},
      "hidden_units": 5e2, "verbose": true, "dropout": 0.25, "learning_rate": 1, "offset": -9,
      "scale": "n1", "seeds": [3, 18446744073709551615], "clip": [1, 5], "patience": 4,
      "second_split": {}, "variants": {"sn": {"a.b": 1}}, "more_splits": [{"test": 0.5}, {}],
      "notes": [null]})");
  EXPECT_EQ(e.name, "x");
  EXPECT_EQ(std::get<sample::Table>(e.source).path, "r.csv");
  EXPECT_EQ(e.split, (sample::Split{.test = 0.2, .seed = 7}));
  EXPECT_EQ(e.hidden_units, 500);
  EXPECT_TRUE(e.verbose);
  EXPECT_EQ(e.dropout, 0.25F);
  EXPECT_EQ(e.learning_rate, 1.0);
  EXPECT_EQ(e.offset, -9);
  EXPECT_EQ(std::get<sample::Scale>(e.scale), sample::Scale::hidden_units);
  EXPECT_THAT(std::get<1>(e.seeds), ::testing::ElementsAre(3U, 18446744073709551615U));
  EXPECT_THAT(std::get<1>(e.clip), ::testing::ElementsAre(1.0, 5.0));
  EXPECT_EQ(e.patience, 4);
  EXPECT_EQ(e.second_split, sample::Split{});
  EXPECT_EQ(e.variants.at("sn"), Json::object({{"a.b", 1}}));
  ASSERT_EQ(e.more_splits.size(), 2U);
  EXPECT_EQ(e.more_splits[0].test, 0.5);
  EXPECT_EQ(e.notes, Json::array({nullptr}));
}

TEST(Parse, UnionsTakeTheAlternativeOfTheJsonType) {
  EXPECT_EQ(std::get<double>(parsed(R"({"scale": 2})").scale), 2.0);
  EXPECT_EQ(std::get<bool>(parsed(R"({"clip": false})").clip), false);
  EXPECT_EQ(std::get<int>(parsed(R"({"seeds": 5})").seeds), 5);
  EXPECT_EQ(parsed(R"({"patience": null})").patience, std::nullopt);
}

TEST(Parse, UnknownKeysNamePathPlaceAndNearestKey) {
  EXPECT_EQ(error_of("{\n  \"hiden_units\": 5}"),
            "f.json:2:3: hiden_units: unknown key; did you mean 'hidden_units'?");
  EXPECT_EQ(error_of(R"({"split": {"xyz": 1}})"),
            "f.json:1:12: split.xyz: unknown key; valid keys: 'test', 'validation', 'seed'");
  EXPECT_THAT(error_of(R"({"more_splits": [{}, {"sed": 1}]})"),
              HasSubstr("more_splits[1].sed: unknown key; did you mean 'seed'?"));
  EXPECT_THAT(error_of(R"({"source": {"type": "csv", "users": 1}})"),
              HasSubstr("source.users: unknown key of type 'csv'; valid keys: 'type', 'path'"));
}

TEST(Parse, WrongTypesSayWhatWasExpectedAndFound) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"hidden_units": "x"})", "hidden_units: must be an integer, got the string \"x\""},
      {R"({"hidden_units": 2.5})", "hidden_units: must be an integer, got the number 2.5"},
      {R"({"hidden_units": true})", "hidden_units: must be an integer, got true"},
      {R"({"learning_rate": null})", "learning_rate: must be a number, got null"},
      {R"({"verbose": 1})", "verbose: must be true or false, got the integer 1"},
      {R"({"name": 5})", "name: must be a string, got the integer 5"},
      {R"({"split": []})", "split: must be an object, got an array"},
      {R"({"more_splits": {}})", "more_splits: must be an array, got an object"},
      {R"({"variants": 1})", "variants: must be an object, got the integer 1"},
      {R"({"seeds": "x"})", "seeds: must be an integer or an array, got the string \"x\""},
      {R"({"seeds": [1, "x"]})", "seeds[1]: must be an integer, got the string \"x\""},
      {R"({"clip": [1]})", "clip: must be an array of 2, got an array"},
      {R"({"scale": true})",
       "scale: must be one of 'n0', 'n1', 'mean_count' or a number, got true"},
      {R"({"source": 1})", "source: must be an object, got the integer 1"},
      {R"({"patience": "x"})", "patience: must be an integer, got the string \"x\""},
      {R"([])", "f.json:1:1: must be an object, got an array"}};
  for (const auto& [text, message] : cases) EXPECT_THAT(error_of(text), HasSubstr(message)) << text;
}

TEST(Parse, ValuesOutOfRangeSayTheRange) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"hidden_units": 0})", "must be from 1 to 100000, got the integer 0"},
      {R"({"hidden_units": 100001})", "must be from 1 to 100000"},
      {R"({"hidden_units": 3000000000})", "must be from -2147483648 to 2147483647"},
      {R"({"hidden_units": 18446744073709551615})", "must be from -2147483648 to 2147483647"},
      {R"({"learning_rate": 0})", "must be above 0, got the integer 0"},
      {R"({"dropout": 1.5})", "must be from 0 to 1, got the number 1.5"},
      {R"({"dropout": 1e300})", "must be from -3.4"},
      {R"({"split": {"seed": -1}})", "split.seed: must be from 0 to 18446744073709551615"},
      {R"({"scale": -1.5})", "scale: must be above 0"},
      {R"({"seeds": [1, 0]})", "seeds[1]: must be 1 or more"},
      {R"({"patience": 0})", "patience: must be 1 or more"},
      {R"({"source": {"type": "synthetic", "users": 0}})", "source.users: must be 1 or more"}};
  for (const auto& [text, message] : cases) EXPECT_THAT(error_of(text), HasSubstr(message)) << text;
}

TEST(Parse, UnknownWordsAndTypesAreSuggested) {
  EXPECT_THAT(error_of(R"({"scale": "mean_cuont"})"),
              HasSubstr("got the string \"mean_cuont\"; did you mean 'mean_count'?"));
  EXPECT_THAT(error_of(R"({"source": {"type": "synthetc"}})"),
              HasSubstr("source.type: must be one of 'synthetic', 'csv', got the string "
                        "\"synthetc\"; did you mean 'synthetic'?"));
  EXPECT_THAT(error_of(R"({"source": {"users": 5}})"),
              HasSubstr("source.type: this key is required: one of 'synthetic', 'csv'"));
}

struct Optimizer {
  std::variant<sample::Table> only;
  sample::Table plain;
  template <class V>
  static void fields(V& v) {
    v(&Optimizer::only, "only", "one alternative");
    v(&Optimizer::plain, "plain", "a tagged struct that is no alternative");
  }
};

TEST(Parse, TypeMayBeLeftOutWhereThereIsOneAlternative) {
  const auto read = [](std::string_view text) {
    return parse<Optimizer>(parse_json(text, "f.json"));
  };
  EXPECT_EQ(std::get<0>(read(R"({"only": {"path": "x"}, "plain": {"path": "y"}})").only).path, "x");
  EXPECT_EQ(read(R"({"only": {"path": "x"}, "plain": {"type": "csv", "path": "y"}})").plain.path,
            "y");
  EXPECT_THAT(config_error([&] { read(R"({"plain": {"type": "cvs", "path": ""}})"); }),
              HasSubstr("only.path: this key is required"));
  EXPECT_THAT(config_error(
                  [&] { read(R"({"only": {"path": ""}, "plain": {"type": "cvs", "path": ""}})"); }),
              HasSubstr("plain.type: must be 'csv', got the string \"cvs\"; did you mean 'csv'?"));
}

/// An alternative that older files do not name.
struct Plain {
  static constexpr std::string_view tag = "plain";
  static constexpr bool type_may_be_absent = true;
  int size = 3;
  template <class V>
  static void fields(V& v) {
    v(&Plain::size, "size", "of it");
  }
};

struct Chosen {
  std::variant<sample::Synthetic, Plain> source = Plain{};
  template <class V>
  static void fields(V& v) {
    v(&Chosen::source, "source", "one of two");
  }
};

TEST(Parse, TypeMayBeLeftOutForTheAlternativeThatSaysSo) {
  const auto read = [](std::string_view text) { return parse<Chosen>(parse_json(text, "f.json")); };
  EXPECT_EQ(std::get<Plain>(read(R"({"source": {"size": 5}})").source).size, 5);
  EXPECT_EQ(std::get<Plain>(read(R"({"source": {"type": "plain"}})").source).size, 3);
  const Chosen named = read(R"({"source": {"type": "synthetic"}})");
  EXPECT_TRUE(std::holds_alternative<sample::Synthetic>(named.source));
  EXPECT_EQ(dump(to_json(Chosen{}), 0), R"({"source": {"size": 3}})");
  EXPECT_THAT(dump(to_json(named), 0), HasSubstr(R"("type": "synthetic")"));
  const Json schema = config::schema<Chosen>("").at("properties").at("source");
  EXPECT_EQ(dump(schema.at("default"), 0), R"({"type": "plain", "size": 3})");
  EXPECT_EQ(schema.at("oneOf").as_array()[1].at("required"), Json::array());
}

TEST(Parse, RequiredKeysAreMissedEvenWhereTheWholeObjectIsAbsent) {
  EXPECT_EQ(error_of("{\n\"source\": {\"type\": \"csv\"}}"),
            "f.json:2:11: source.path: this key is required");
  EXPECT_THAT(config_error([] { parse<Optimizer>(parse_json(R"({"only": {"path": "x"}})", "f")); }),
              HasSubstr("plain.path: this key is required"));
}

TEST(Parse, ChecksRulesAcrossFields) {
  EXPECT_EQ(error_of("{\n\"split\": {\"test\": 0.9, \"validation\": 0.1}}"),
            "f.json:2:10: split: test + validation must be below 1");
}

TEST(Parse, PathsOfOddKeysAreQuotedAndCut) {
  EXPECT_THAT(error_of(R"({"a\u001b[31m b": 1})"), HasSubstr(R"("a\u001b[31m b": unknown key)"));
  EXPECT_LT(error_of("{\"" + std::string(1'000'000, 'k') + "\": 1}").size(), 500U);
}

/// All ways to drop, double, or swap letters of a key, each one letter at a time.
std::vector<std::string> misspellings(const std::string& key) {
  std::vector<std::string> typos;
  for (std::size_t i = 0; i < key.size(); ++i) {
    typos.push_back(key.substr(0, i) + key.substr(i + 1));
    typos.push_back(key.substr(0, i) + key[i] + key.substr(i));
    if (i + 1 < key.size()) {
      std::string swapped = key;
      std::swap(swapped[i], swapped[i + 1]);
      if (swapped != key) typos.push_back(swapped);
    }
  }
  return typos;
}

TEST(Parse, MisspelledKeysAreErrorsWithTheRightSuggestion) {
  int typos = 0;
  int right = 0;
  const auto try_keys = [&](const Json& object, const auto& document) {
    for (const Json::Member& member : object.as_object()) {
      for (const std::string& typo : misspellings(member.key)) {
        const Json broken = document(Json::object({{typo, member.value}}));
        const std::string error = config_error([&] { parse<Experiment>(broken); });
        ASSERT_THAT(error, HasSubstr("unknown key"));
        ++typos;
        right += error.find("did you mean '" + member.key + "'?") != std::string::npos;
      }
    }
  };
  const Json document = to_json(Experiment{});
  try_keys(document, [](const Json& root) { return root; });
  try_keys(document.at("split"), [](const Json& split) {
    return Json::object({{"split", split}});
  });
  EXPECT_GT(typos, 300);
  EXPECT_GE(right, typos * 95 / 100);
}

}  // namespace
}  // namespace lacuna::config
