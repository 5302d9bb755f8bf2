#include "runtime/data/ratings/source_config.hpp"

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;

struct Holder {
  RatingsSource data;
  template <class V>
  static void fields(V& v) {
    v(&Holder::data, "data", "");
  }
};

RatingsSource parse(const std::string& text) {
  return config::parse<Holder>(config::parse_json("{\"data\": " + text + "}", "a.json")).data;
}

TEST(SourceConfig, EverySourceIsChosenByItsType) {
  const RatingsSource synthetic =
      parse(R"({"type": "synthetic", "users": 7, "items": 3, "ratings": 8})");
  EXPECT_EQ(std::get<SyntheticSource>(synthetic).users, 7);
  EXPECT_EQ(common(synthetic).vectors, Orientation::item);

  const RatingsSource movielens = parse(R"({"type": "movielens", "path": "ml-1m", "format": "1m",
      "vectors": "user", "test_share": 0.2, "split_seed": 18446744073709551615})");
  EXPECT_EQ(std::get<MovieLensSource>(movielens).format, MovieLensFormat::ml_1m);
  EXPECT_EQ(common(movielens).vectors, Orientation::user);
  EXPECT_EQ(common(movielens).test_share, 0.2);
  EXPECT_EQ(common(movielens).split_seed, 18446744073709551615u);

  EXPECT_EQ(std::get<MovieLensSource>(
                parse(R"({"type": "movielens", "path": "ml-25m", "format": "csv"})"))
                .format,
            MovieLensFormat::csv);

  const RatingsSource csv =
      parse(R"({"type": "csv", "path": "a.csv", "delimiter": ";", "duplicates": "mean"})");
  EXPECT_EQ(std::get<CsvSource>(csv).duplicates, Duplicates::mean);
}

TEST(SourceConfig, FaultsNameTheKey) {
  struct Case {
    const char* text;
    const char* fault;
  };
  for (const Case& bad : {
           Case{R"({"vectors": "item"})", "type"},
           Case{R"({"type": "movielens"})", "data.path"},
           Case{R"({"type": "csv", "path": "a", "delimiter": ""})", "delimiter"},
           Case{R"({"type": "synthetic", "ratings": 1})", "max(users, items)"},
           Case{R"({"type": "synthetic", "rating_min": 5})", "rating_max"},
           Case{R"({"type": "synthetic", "test_share": 2})", "data.test_share"},
       }) {
    EXPECT_THAT(message_of<ConfigError>([&] { parse(bad.text); }), HasSubstr(bad.fault));
  }
}

}  // namespace
}  // namespace lacuna::data
