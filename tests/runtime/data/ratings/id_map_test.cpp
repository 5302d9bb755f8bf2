#include "runtime/data/ratings/id_map.hpp"

#include <gtest/gtest.h>

namespace lacuna::data {
namespace {

TEST(IdMap, HasALineForEachIndex) {
  EXPECT_EQ(id_map_text(std::vector<std::uint64_t>{0, 17, 18446744073709551615u}),
            "index,id\n0,0\n1,17\n2,18446744073709551615\n");
  TextList texts;
  texts.push_back("a, \"b\"");
  texts.push_back("c");
  EXPECT_EQ(id_map_text(Ids(std::move(texts))), "index,id\n0,\"a, \"\"b\"\"\"\n1,c\n");
  EXPECT_EQ(id_map_text({}), "index,id\n");
}

}  // namespace
}  // namespace lacuna::data
