#include "runtime/data/ratings/id_map.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

TEST(IdMap, IsReadAsWritten) {
  const std::vector<std::uint64_t> ids{0, 17, 18446744073709551615u};
  const std::string text = id_map_text(ids);
  EXPECT_EQ(text, "index,id\n0,0\n1,17\n2,18446744073709551615\n");
  EXPECT_EQ(parse_id_map(text, "users.csv"), ids);
  EXPECT_TRUE(parse_id_map(id_map_text({}), "users.csv").empty());
}

TEST(IdMap, DamageNamesTheLine) {
  struct Case {
    const char* text;
    const char* place;
  };
  for (const Case& bad :
       {Case{"", "users.csv:1:"}, Case{"0,1\n", "users.csv:1:"},
        Case{"index,id\n1,1\n", "users.csv:2:"}, Case{"index,id\n0,1\n1,-2\n", "users.csv:3:"},
        Case{"index,id\n0,1", "users.csv:2:"}, Case{"index,id\n0,01\n", "users.csv:2:"},
        Case{"index,id\n0,18446744073709551616\n", "users.csv:2:"},
        Case{"index,id\n0,1\n\n", "users.csv:3:"}}) {
    EXPECT_THAT(message_of<DataError>([&] { parse_id_map(bad.text, "users.csv"); }),
                ::testing::HasSubstr(bad.place));
  }
}

}  // namespace
}  // namespace lacuna::data
