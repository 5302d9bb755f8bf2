#include "runtime/data/counts/matrix_market.hpp"

#include <fmt/format.h>

#include "tests/runtime/data/counts/counts_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class MatrixMarket : public CountsTest {};

const std::string general =
    "%%MatrixMarket matrix coordinate real general\n%\n3 4 5\n1 2 2\n1 4 1e0\n2 1 5.0\n"
    "3 2 5.0000e-01\n3 3 7\n";

TEST_F(MatrixMarket, CoordinatesArePlacedWhateverTheirOrderAndSpelling) {
  EXPECT_EQ(rows_of(read("a.mtx", general).matrix), three_cells);
  const std::string shuffled =
      "%%MatrixMarket MATRIX Coordinate Real General\r\n% of scipy\r\n\r\n3 4 5\r\n3 3 +7\r\n"
      "\t1  4 1\r\n3 2 .5\r\n2 1 5e0 \r\n1 2 2";
  EXPECT_EQ(rows_of(read("b.mtx", shuffled).matrix), three_cells);
  EXPECT_EQ(rows_of(read("c.mtx", "\xEF\xBB\xBF" + general).matrix), three_cells);
}

TEST_F(MatrixMarket, IntegersPatternsAndDuplicates) {
  const std::string whole =
      "%%MatrixMarket matrix coordinate unsigned-integer general\n2 2 3\n1 1 3\n2 2 4\n1 1 5\n";
  EXPECT_EQ(rows_of(read("a.mtx", whole).matrix),
            (std::vector<std::vector<float>>{{8, 0}, {0, 4}}));
  const std::string pattern = "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n2 1\n1 2\n";
  EXPECT_EQ(rows_of(read("b.mtx", pattern).matrix),
            (std::vector<std::vector<float>>{{0, 1}, {1, 0}}));
  EXPECT_EQ(read("c.mtx", "%%MatrixMarket matrix coordinate integer general\n1 2 1\n1 1 0\n")
                .matrix.nnz(),
            0)
      << "a listed zero is none";
}

// As scipy.io.mmwrite writes matrices of less than 100 rows that are symmetric.
TEST_F(MatrixMarket, ASymmetricOneListsItsLowerTriangle) {
  const std::string lower =
      "%%MatrixMarket matrix coordinate integer symmetric\n3 3 3\n1 1 4\n3 1 2\n3 2 9\n";
  EXPECT_EQ(rows_of(read("a.mtx", lower).matrix),
            (std::vector<std::vector<float>>{{4, 0, 2}, {0, 0, 9}, {2, 9, 0}}));
  EXPECT_THAT(fault("b.mtx", "%%MatrixMarket matrix coordinate integer symmetric\n2 2 1\n1 2 4\n"),
              AllOf(HasSubstr("b.mtx:3: "), HasSubstr("above the diagonal")));
}

TEST_F(MatrixMarket, ArraysGoColumnByColumn) {
  const std::string array =
      "%%MatrixMarket matrix array real general\n3 4\n0\n5\n0\n2\n0\n.5\n0\n0\n7\n1\n0\n0\n";
  EXPECT_EQ(rows_of(read("a.mtx", array).matrix), three_cells);
  const std::string lower = "%%MatrixMarket matrix array integer symmetric\n2 2\n1\n2\n3\n";
  EXPECT_EQ(rows_of(read("b.mtx", lower).matrix),
            (std::vector<std::vector<float>>{{1, 2}, {2, 3}}));
}

TEST_F(MatrixMarket, GenesAsRowsArePutAcross) {
  const Counts counts = read("a.mtx", general, CountRows::genes);
  EXPECT_EQ(rows_of(counts.matrix),
            (std::vector<std::vector<float>>{{0, 5, 0}, {2, 0, 0.5F}, {0, 0, 7}, {1, 0, 0}}));
}

TEST_F(MatrixMarket, PiecesAndThreadsMakeNoDifference) {
  std::string text = "%%MatrixMarket matrix coordinate integer general\n50 70 2000\n";
  for (int i = 0; i < 2000; ++i) {
    text += fmt::format("{} {} {}\n", 1 + i * 7 % 50, 1 + i * 11 % 70, 1 + i % 13);
  }
  const Counts whole = read("a.mtx", text);
  for (const std::string& file : {path("a.mtx"), write_gzip("a.mtx.gz", text)}) {
    for (const std::size_t piece_bytes : {5U, 100U, 4096U}) {
      for (const int threads : {1, 2, 4}) {
        const auto opened = open_text(file, default_max_bytes, piece_bytes);
        SampledText sampled(*opened);
        const std::string_view begin = sampled.sample();
        CountMatrix matrix = read_matrix_market(sampled, begin, file, threads);
        EXPECT_EQ(matrix.checksum, whole.checksum);
        const CsrArrays read = to_csr(matrix, false);
        EXPECT_EQ(read.col, whole.matrix.col);
        EXPECT_EQ(read.value, whole.matrix.value) << piece_bytes << " " << threads;
      }
    }
  }
}

struct Damaged {
  const char* name;
  const char* text;
  const char* says;

  friend void PrintTo(const Damaged& damaged, std::ostream* out) { *out << damaged.name; }
};

class DamagedMatrixMarket : public CountsTest, public ::testing::WithParamInterface<Damaged> {};

TEST_P(DamagedMatrixMarket, NamesTheLine) {
  EXPECT_THAT(fault("a.mtx", GetParam().text), HasSubstr(std::string("a.mtx") + GetParam().says));
}

#define LACUNA_BANNER "%%MatrixMarket matrix coordinate integer general\n"
INSTANTIATE_TEST_SUITE_P(
    Files, DamagedMatrixMarket,
    ::testing::Values(
        Damaged{"NoBanner", "3 4 5\n1 2 2\n", ":1: a Matrix Market file begins"},
        Damaged{"OnlyBanner", LACUNA_BANNER "% no more\n", ":2: the file ends before its sizes"},
        Damaged{"Complex", "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n",
                ":1: 'complex' matrices are not read"},
        Damaged{"Skew", "%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n",
                ":1: 'skew-symmetric' matrices are not read"},
        Damaged{"Sizes", LACUNA_BANNER "3 x 5\n", ":2: rows, columns and entries are expected"},
        Damaged{"Row", LACUNA_BANNER "3 4 1\n4 1 1\n", ":3: row and column are not within 3 x 4"},
        Damaged{"Zero", LACUNA_BANNER "3 4 1\n1 0 1\n", ":3: row and column are not within 3 x 4"},
        Damaged{"Huge", LACUNA_BANNER "3 4 1\n1 99999999999999999999 1\n", ":3: row and column"},
        Damaged{"Negative", LACUNA_BANNER "3 4 2\n1 1 1\n1 2 -3\n", ":4: a negative count"},
        Damaged{"NaN", LACUNA_BANNER "3 4 1\n1 1 nan\n", ":3: NaN is no count"},
        Damaged{"Infinite", LACUNA_BANNER "3 4 1\n1 1 1e99\n", ":3: a count beyond"},
        Damaged{"Letters", LACUNA_BANNER "3 4 1\n1 1 x\n", ":3: 'x' is no number"},
        Damaged{"Fields", LACUNA_BANNER "3 4 1\n\n1 1\n", ":4: 2 fields where 3 are expected"},
        Damaged{"More", LACUNA_BANNER "3 4 1\n1 1 1\n2 2 2\n", ":2: the header says 1 entries"},
        Damaged{"Fewer", LACUNA_BANNER "3 4 3\n1 1 1\n2 2 2\n", ":4: the file ends after 2"},
        Damaged{"Empty", LACUNA_BANNER "0 4 0\n", " is 0 x 4"},
        Damaged{"LyingSizes", LACUNA_BANNER "2000000000 4 1\n1 1 1\n", " says it is 2000000000"}),
    [](const auto& test) { return test.param.name; });

TEST_F(MatrixMarket, ABombIsNotUnpacked) {
  const std::string file =
      write_gzip("a.mtx.gz", "%%MatrixMarket matrix array integer general\n9000 9000\n" +
                                 std::string(std::size_t{1} << 20, '\n'));
  CountsSource counts = source(file);
  counts.max_bytes = std::uint64_t{1} << 16;
  EXPECT_THAT(message_of<DataError>([&] { read_counts(counts); }), HasSubstr("data.max_bytes"));
}

TEST_F(MatrixMarket, ATruncatedOneIsRefused) {
  const std::string packed = testing::read_file(write_gzip("a.mtx.gz", general));
  const std::string file = write("b.mtx.gz", packed.substr(0, packed.size() - 12));
  EXPECT_THAT(message_of<DataError>([&] { read_counts(source(file)); }), HasSubstr("b.mtx.gz"));
}

}  // namespace
}  // namespace lacuna::data
