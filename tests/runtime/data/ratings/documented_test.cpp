#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

/// Each row of docs/data.md names tests that there are.
namespace lacuna::data {
namespace {

std::set<std::string> all_tests() {
  std::set<std::string> names;
  const ::testing::UnitTest& unit = *::testing::UnitTest::GetInstance();
  for (int s = 0; s < unit.total_test_suite_count(); ++s) {
    const ::testing::TestSuite& suite = *unit.GetTestSuite(s);
    for (int t = 0; t < suite.total_test_count(); ++t) {
      names.insert(std::string(suite.name()) + "." + suite.GetTestInfo(t)->name());
    }
  }
  return names;
}

TEST(DocumentedData, EachRowIsATest) {
  std::istringstream page(testing::read_file(testing::source_folder() / "docs/data.md"));
  const std::set<std::string> known = all_tests();
  const std::regex named("`([A-Za-z/]+\\.[A-Za-z0-9]+(/[A-Za-z0-9]+)?)`");
  int rows = 0;
  bool inside = false;
  for (std::string row; std::getline(page, row);) {
    const bool header = row.ends_with("| test |");
    inside = header || (inside && !row.empty());
    if (!inside || header || !row.starts_with("| ") || row.find('`') == row.npos) continue;
    ++rows;
    const std::string last = row.substr(row.rfind('|', row.size() - 2));
    std::sregex_iterator match(last.begin(), last.end(), named);
    EXPECT_NE(match, std::sregex_iterator()) << row;
    for (; match != std::sregex_iterator(); ++match) {
      EXPECT_TRUE(known.contains((*match)[1].str())) << (*match)[1];
    }
  }
  EXPECT_GT(rows, 30);
}

}  // namespace
}  // namespace lacuna::data
