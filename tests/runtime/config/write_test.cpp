#include "runtime/config/write.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "tests/runtime/config/sample.hpp"

namespace lacuna::config {
namespace {

using sample::Experiment;

Experiment unusual() {
  Experiment e;
  e.name = "caf\xC3\xA9 \"quoted\"\n";
  e.source = sample::Table{.path = "a/b.csv", .rating_column = ""};
  e.split = {.test = 1.0 / 3.0, .validation = 5e-324, .seed = 18446744073709551615U};
  e.hidden_units = 100000;
  e.verbose = true;
  e.dropout = std::nextafter(0.3F, 1.0F);
  e.learning_rate = std::numeric_limits<double>::max();
  e.offset = std::numeric_limits<std::int64_t>::min();
  e.scale = 2.0;
  e.seeds = std::vector<std::uint64_t>{1, 18446744073709551615U};
  e.clip = std::array<double, 2>{0.5, 5};
  e.patience = 3;
  e.second_split = sample::Split{.test = 0};
  e.variants = {{"with \"sn\"", Json::object({{"a", 1.0}})}, {"", Json()}};
  e.more_splits = {{.test = 0.25}, {}};
  e.notes = Json::array({Json::object({{"x", -0.5}})});
  return e;
}

TEST(Write, ReadsBackEqual) {
  for (const Experiment& e : {Experiment{}, unusual()}) {
    for (const int indent : {0, 2}) {
      EXPECT_EQ(parse<Experiment>(parse_json(dump(to_json(e), indent), "f.json")), e);
    }
    EXPECT_EQ(parse<Experiment>(to_json(e)), e);
  }
}

TEST(Write, SpellsOutTypesWordsAndDefaults) {
  const Json json = to_json(Experiment{});
  EXPECT_EQ(dump(json.at("source"), 0), R"({"type": "synthetic", "users": 100, "noise": 0.5})");
  EXPECT_EQ(json.at("scale"), Json("mean_count"));
  EXPECT_EQ(json.at("dropout"), Json(0.1));
  EXPECT_TRUE(json.at("patience").is_null());
}

TEST(Write, LeavesOutDefaultsWhereAsked) {
  EXPECT_EQ(dump(to_json(Experiment{}, Keys::changed), 0), "{}");
  Experiment e;
  e.source = sample::Table{.path = "a.csv"};
  e.split.seed = 7;
  e.patience = 3;
  e.second_split = sample::Split{.test = 0};
  const Json changed = to_json(e, Keys::changed);
  EXPECT_EQ(dump(changed.at("split"), 0), R"({"seed": 7})");
  EXPECT_EQ(dump(changed.at("source"), 0), R"({"type": "csv", "path": "a.csv"})");
  EXPECT_EQ(changed.as_object().size(), 4U);
  EXPECT_EQ(parse<Experiment>(changed), e);
}

TEST(Write, EveryFloatReadsBackEqual) {
  Experiment e;
  for (float x = 1e-30F; x < 1.0F; x *= 1.37F) {
    e.dropout = x;
    EXPECT_EQ(parse<Experiment>(parse_json(dump(to_json(e)), "f.json")).dropout, x);
  }
}

}  // namespace
}  // namespace lacuna::config
