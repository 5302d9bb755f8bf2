#include "tests/runtime/data/counts/counts_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DenseCounts : public CountsTest {
 protected:
  /// Where a message asks for a key.
  std::string asked(std::string_view text) const {
    const std::string file = write("a.csv", text);
    return message_of<DataError>([&] { read_counts(source(file)); });
  }
};

struct Spelling {
  const char* name;
  const char* text;

  friend void PrintTo(const Spelling& spelling, std::ostream* out) { *out << spelling.name; }
};

class NamedDenseCounts : public DenseCounts, public ::testing::WithParamInterface<Spelling> {};

TEST_P(NamedDenseCounts, IsTheSameMatrix) {
  const Counts counts = read("a.csv", GetParam().text);
  EXPECT_EQ(rows_of(counts.matrix), three_cells);
  EXPECT_THAT(counts.cell_names, ElementsAre("c1", "c2", "c 3"));
  EXPECT_THAT(counts.gene_names, ElementsAre("A", "B", "C", "D"));
}

INSTANTIATE_TEST_SUITE_P(
    Programs, NamedDenseCounts,
    ::testing::Values(
        Spelling{"Pandas", ",A,B,C,D\nc1,0,2,0,1\nc2,5,0,0,0\nc 3,0,0.5,7.0,0\n"},
        Spelling{"NamedCorner", "cell,A,B,C,D\nc1,0,2,0,1\nc2,5,0,0,0\nc 3,0,0.5,7.0,0\n"},
        Spelling{"RWriteTableWithCommas",
                 "\"A\",\"B\",\"C\",\"D\"\n\"c1\",0,2,0,1\n\"c2\",5,0,0,0\n\"c 3\",0,.5,7,0\n"},
        Spelling{"RWriteTable",
                 "\"A\" \"B\" \"C\" \"D\"\n\"c1\" 0 2 0 1\n\"c2\" 5 0 0 0\n\"c 3\" 0 5e-1 7 0\n"},
        Spelling{"RWriteCsv",
                 "\"\",\"A\",\"B\",\"C\",\"D\"\n\"c1\",0,2,0,1\n\"c2\",5,0,0,0\n"
                 "\"c 3\",0,0.5,7,0\n"},
        Spelling{"Tabs", "\tA\tB\tC\tD\r\nc1\t0\t2\t0\t1\r\nc2\t5\t0\t0\t0\r\nc 3\t0\t0.5\t7\t0"},
        Spelling{"Comments", "# raw counts\n;A;B;C;D\nc1;0;2;0;1\nc2;5;0;0;0\nc 3;0;.5;7;0\n\n"}),
    [](const auto& test) { return test.param.name; });

TEST_F(DenseCounts, TheOtherWayRound) {
  const Counts counts =
      read("a.csv", ",c1,c2,c3\nA,0,5,0\nB,2,0,0.5\nC,0,0,7\nD,1,0,0\n", CountRows::genes);
  EXPECT_EQ(rows_of(counts.matrix), three_cells);
  EXPECT_THAT(counts.cell_names, ElementsAre("c1", "c2", "c3"));
  EXPECT_THAT(counts.gene_names, ElementsAre("A", "B", "C", "D"));
}

TEST_F(DenseCounts, NumbersAloneHaveNoNames) {
  const Counts counts = read("a.csv", "0,2,0,1\n5,0,0,0\n0,5e-1,7,0\n");
  EXPECT_EQ(rows_of(counts.matrix), three_cells);
  EXPECT_THAT(counts.cell_names, IsEmpty());
  EXPECT_EQ(name_at(counts.gene_names, 3), "3");
  const std::string savetxt =
      "0.000000000000000000e+00 2.000000000000000000e+00\n"
      "1.000000000000000000e+00 0.000000000000000000e+00\n";
  EXPECT_EQ(rows_of(read("b.txt", savetxt).matrix),
            (std::vector<std::vector<float>>{{0, 2}, {1, 0}}));
}

TEST_F(DenseCounts, WhatMayBeNamesOrValuesIsAskedFor) {
  EXPECT_THAT(asked("0,1,2\n5,0,0\n"), AllOf(HasSubstr("a.csv:1: "), HasSubstr("data.header")));
  EXPECT_THAT(asked("cell,A,B\n1,5,0\n2,0,0\n"), HasSubstr("data.row_names"));
  CountsSource said = source(path("a.csv"));
  said.row_names = true;
  EXPECT_THAT(read_counts(said).cell_names, ElementsAre("1", "2"));
  said.row_names = false;
  EXPECT_THAT(read_counts(said).gene_names, ElementsAre("cell", "A", "B"));
  said.path = write("b.csv", "0,1,2\n5,0,0\n");
  said.header = true;
  EXPECT_THAT(read_counts(said).gene_names, ElementsAre("0", "1", "2"));
  said.header = false;
  EXPECT_EQ(read_counts(said).cells(), 2);
}

TEST_F(DenseCounts, OrientationIsAskedForAndNeverGuessed) {
  CountsSource counts = source(write("a.csv", ",A,B\nc1,0,2\n"));
  counts.rows.reset();
  EXPECT_THAT(message_of<ConfigError>([&] { read_counts(counts); }),
              AllOf(HasSubstr("data.rows"), HasSubstr("1 x 2")));
}

TEST_F(DenseCounts, DamagedRowsAreNamed) {
  EXPECT_THAT(asked(",A,B\nc1,0,2\nc2,0\n"),
              AllOf(HasSubstr("a.csv:3: "), HasSubstr("2 fields where 3 are expected")));
  EXPECT_THAT(asked(",A,B\nc1,0,\n"), AllOf(HasSubstr("a.csv:2: field 3"), HasSubstr("no number")));
  EXPECT_THAT(asked(",A,B\nc1,0,NA\n"), HasSubstr("a.csv:2: field 3"));
  EXPECT_THAT(asked(",A,B\nc1,0,NaN\n"), HasSubstr("NaN is no count"));
  EXPECT_THAT(asked(",A,B\nc1,0,-1\n"), HasSubstr("a negative count"));
  EXPECT_THAT(asked(",A,B\nc1,0,1e60\n"), HasSubstr("float32"));
  EXPECT_THAT(asked("A,B,C\nc1,0,1,2,3\n"), HasSubstr("names of columns"));
  EXPECT_THAT(asked("A,B,C\n"), HasSubstr("no rows of values"));
  EXPECT_THAT(asked(""), HasSubstr("a.csv"));
}

TEST_F(DenseCounts, AnnDataFilesAreConvertedByTwoLines) {
  EXPECT_THAT(fault("a.h5ad", "\x89HDF\r\n\x1a\n and more"),
              AllOf(HasSubstr("anndata.read_h5ad"), HasSubstr("save_npz")));
}

}  // namespace
}  // namespace lacuna::data
