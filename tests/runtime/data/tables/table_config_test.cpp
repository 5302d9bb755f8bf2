#include "runtime/data/tables/table_config.hpp"

#include <variant>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/data/tables/records_config.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Holder {
  std::variant<TableSource, SyntheticTable, SyntheticRecords> data;
  template <class V>
  static void fields(V& v) {
    v(&Holder::data, "data", "");
  }
};

auto parse(const std::string& text) {
  return config::parse<Holder>(config::parse_json("{\"data\": " + text + "}", "a.json")).data;
}

TEST(TableConfig, HolesAndHideAreNotGivenTogether) {
  const auto fault = [](const std::string& more) {
    return testing::message_of<ConfigError>(
        [&] { parse(R"({"type": "synthetic_table", )" + more + "}"); });
  };
  EXPECT_THAT(fault(R"("holes": {}, "hide": {"train_rate": 0.1})"),
              HasSubstr("holes and hide: give one of them"));
  EXPECT_THAT(fault(R"("hide": {"train_rate": 1})"), HasSubstr("data.hide.train_rate"));
}

TEST(TableConfig, SourcesAreChosenByTheirType) {
  const auto table = std::get<TableSource>(
      parse(R"({"type": "table", "path": "a.csv", "target": "y", "target_kind": "class",
                "ignore": ["id"], "missing_target": "drop", "scale": "unit", "stratify": true})"));
  EXPECT_EQ(table.target_kind, TargetKind::classes);
  EXPECT_EQ(table.missing_target, MissingTarget::drop);
  EXPECT_EQ(table.scale, Scaling::unit);
  EXPECT_TRUE(table.stratify);
  EXPECT_THAT(table.ignore, ElementsAre("id"));
  const auto generated = std::get<SyntheticTable>(
      parse(R"({"type": "synthetic_table", "columns": 3, "interactions": 3, "classes": 4})"));
  EXPECT_EQ(generated.classes, 4);
  const auto records =
      std::get<SyntheticRecords>(parse(R"({"type": "synthetic_records", "regime": "lowered"})"));
  EXPECT_EQ(records.regime, CountRegime::lowered);
}

TEST(TableConfig, FaultsNameTheKey) {
  struct Case {
    const char* text;
    const char* fault;
  };
  for (const Case& bad : {
           Case{R"({"type": "table", "target": "y"})", "data.path"},
           Case{R"({"type": "table", "path": "a"})", "data.target"},
           Case{R"({"type": "table", "path": "a", "target": "y", "delimiter": ""})", "delimiter"},
           Case{R"({"type": "table", "path": "a", "target": "y", "ignore": ["y"]})", "ignore"},
           Case{R"({"type": "table", "path": "a", "target": "y", "weight": "y"})", "weight"},
           Case{R"({"type": "table", "path": "a", "target": "y", "weight": "w",
                    "categorical": ["w"]})",
                "nor categorical"},
           Case{R"({"type": "table", "path": "a", "target": "y", "target_kind": "number",
                    "categorical": ["y"]})",
                "categorical"},
           Case{R"({"type": "synthetic_table", "classes": 1})", "classes"},
           Case{R"({"type": "synthetic_table", "classes": 2, "noise": 0})", "noise"},
           Case{R"({"type": "synthetic_table", "columns": 3, "interactions": 4})", "interactions"},
           Case{R"({"type": "synthetic_table", "missing_share": 1})", "data.missing_share"},
           Case{R"({"type": "synthetic_records", "regime": "lowered", "count_effect": 0.9})",
                "count_effect"},
           Case{R"({"type": "synthetic_records", "prevalence": 0})", "data.prevalence"},
       }) {
    EXPECT_THAT(message_of<ConfigError>([&] { parse(bad.text); }), HasSubstr(bad.fault));
  }
}

}  // namespace
}  // namespace lacuna::data
