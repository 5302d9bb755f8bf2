#include "runtime/metrics/table.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace lacuna::metrics {
namespace {

Table sample() {
  Table table({"model", "RMSE", "n"});
  table.add_row({"with SN", "0.84 \u00b1 0.01", "5"});
  table.add_row({"a|b", "1.1", "12345"});
  return table;
}

TEST(Table, AlignsColumns) {
  EXPECT_EQ(sample().text(),
            "model           RMSE      n\n"
            "-------  -----------  -----\n"
            "with SN  0.84 \u00b1 0.01      5\n"
            "a|b              1.1  12345\n");
}

TEST(Table, Markdown) {
  EXPECT_EQ(sample().markdown(),
            "| model   |        RMSE |     n |\n"
            "| ------- | ----------: | ----: |\n"
            "| with SN | 0.84 \u00b1 0.01 |     5 |\n"
            "| a\\|b    |         1.1 | 12345 |\n");
}

TEST(Table, ACellIsOneLineWithoutControlCharacters) {
  Table table({"id"});
  table.add_row({"two\nlines \x1b[1m"});
  EXPECT_EQ(table.text(), "id                \n------------------\ntwo\\nlines \\x1b[1m\n");
}

TEST(Table, RowsMustFit) {
  Table table({"a", "b"});
  EXPECT_THROW(table.add_row({"1"}), std::invalid_argument);
  EXPECT_EQ(table.text(), "a      b\n---  ---\n");
}

}  // namespace
}  // namespace lacuna::metrics
