#include <zlib.h>

#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// The table's 61 lines and then one that is damaged.
struct DamagedRow {
  const char* name;
  const char* row;
  const char* says;

  friend void PrintTo(const DamagedRow& damaged, std::ostream* out) { *out << damaged.name; }
};

class Row21BadTable : public TableTest {
 protected:
  std::vector<std::string> train(const std::string& change = "seed=0") const {
    return {"train", "table.json", "-q", "output.dir=run", change};
  }
  void write_table(const std::string& text) const { write_file(folder_ / "table.csv", text); }

  /// Exit code 3, and no run that looks begun.
  std::string fault(const std::string& change = "seed=0") const {
    const std::string message = message_of(3, train(change));
    EXPECT_FALSE(fs::exists(folder_ / "run"));
    return message;
  }
};

class Row21BadTableRow : public Row21BadTable, public ::testing::WithParamInterface<DamagedRow> {};

TEST_P(Row21BadTableRow, EndsWith3AndNamesFileAndLine) {
  write_table(small_table() + GetParam().row + "\n" + "1,2,red,3.5\n");
  EXPECT_THAT(fault("data.target_kind=number"),
              AllOf(HasSubstr("table.csv:62: "), HasSubstr(GetParam().says)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Row21BadTableRow,
    ::testing::Values(DamagedRow{"Short", "1,2,red", "3 fields where 4 are expected"},
                      DamagedRow{"Long", "1,2,red,3.5,", "5 fields where 4 are expected"},
                      DamagedRow{"Blank", "", "blank line"},
                      DamagedRow{"TextAsTarget", "1,2,red,high", "column 'y': 'high'"},
                      DamagedRow{"InfiniteTarget", "1,2,red,inf", "column 'y': 'inf'"},
                      DamagedRow{"InfiniteInput", "-inf,2,red,3.5", "column 'size': '-inf'"},
                      DamagedRow{"HugeInput", "1,1e39,red,3.5", "column 'age': '1e39'"},
                      DamagedRow{"NanAsTarget", "1,2,red,NaN", "column 'y': missing"},
                      DamagedRow{"NoTarget", "1,2,red,", "column 'y': missing"},
                      DamagedRow{"OpenQuote", "1,2,\"red,3.5", "quoted field"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Row21BadTable, TextAmongNumbersIsNotTakenForACategory) {
  std::string numbers = "x,y\n";
  for (int i = 0; i < 1200; ++i) numbers += fmt::format("{}.5,{}.25\n", i, i % 100);
  write_table(numbers + "1.5x,3.5\n");
  EXPECT_THAT(fault(), AllOf(HasSubstr("table.csv:"), HasSubstr("column 'x'"),
                             HasSubstr("'1.5x' on line 1202 is no number")));
}

TEST_F(Row21BadTable, HeadersThatDoNotNameTheColumns) {
  EXPECT_THAT(fault("data.target=Y"), AllOf(HasSubstr("table.csv:1: "), HasSubstr("'y'?")));
  EXPECT_THAT(fault("data.weight=w"), AllOf(HasSubstr("table.csv:1: "), HasSubstr("data.weight")));
  write_table("size,size,y\n1,2,3.5\n");
  EXPECT_THAT(fault(), AllOf(HasSubstr("table.csv:1: "), HasSubstr("'size' occurs twice")));
  write_table("size,y,y\n1,2,3.5\n");
  EXPECT_THAT(fault(), AllOf(HasSubstr("table.csv:1: "), HasSubstr("'y' occurs twice")));
}

TEST_F(Row21BadTable, EmptyAndMissingFiles) {
  write_table("");
  EXPECT_THAT(fault(), AllOf(HasSubstr("table.csv"), HasSubstr("no rows")));
  write_table("size,y\n");
  EXPECT_THAT(fault(), AllOf(HasSubstr("table.csv"), HasSubstr("no rows")));
  EXPECT_THAT(fault("data.path=none.csv"), HasSubstr("none.csv"));
}

TEST_F(Row21BadTable, ATargetOfTheOtherKindNamesTheKeyToSet) {
  EXPECT_THAT(fault("evaluate.type=classification"),
              AllOf(HasSubstr("'y' is a number"), HasSubstr("data.target_kind")));
}

TEST_F(Row21BadTable, ColumnsThatSayNothingAreNoFault) {
  std::string text = "constant,nothing,twice,again,y\n";
  for (int i = 0; i < 40; ++i) text += fmt::format("7,,{},{},{}.5\n", i % 5, i % 5, i);
  write_table(text);
  for (const char* scale : {"data.scale=standardize", "data.scale=unit", "data.scale=none"}) {
    output_of(train(scale));
    fs::remove_all(folder_ / "run");
  }
}

class PackedTable : public Row21BadTable {
 protected:
  /// Writes table.csv.gz, cut to a share of its bytes.
  void pack(const std::string& text, double share = 1) const {
    const fs::path path = folder_ / "table.csv.gz";
    const gzFile file = ::gzopen(path.c_str(), "wb9");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
    const auto size = static_cast<double>(fs::file_size(path));
    fs::resize_file(path, static_cast<std::uintmax_t>(share * size));
  }
};

TEST_F(PackedTable, TruncatedEndsWith3) {
  pack(small_table(), 0.5);
  EXPECT_THAT(fault("data.path=table.csv.gz"),
              AllOf(HasSubstr("table.csv.gz"), HasSubstr("truncated gzip")));
  pack(small_table());
  output_of(train("data.path=table.csv.gz"));
}

TEST_F(PackedTable, Row20ABombIsCapped) {
  std::string rows = "x,y\n";
  for (int i = 0; i < 400'000; ++i) rows += "1,1\n";
  pack(rows);
  EXPECT_LT(fs::file_size(folder_ / "table.csv.gz"), rows.size() / 300);
  EXPECT_THAT(
      message_of(3, {"train", "table.json", "data.path=table.csv.gz", "data.max_bytes=1000000"}),
      AllOf(HasSubstr("table.csv.gz"), HasSubstr("data.max_bytes")));
}

}  // namespace
}  // namespace lacuna::experiments
