#include "runtime/data/counts/load_counts.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/data/counts/preprocess.hpp"
#include "tests/runtime/data/counts/counts_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using Rows = std::vector<std::vector<float>>;

class LoadCounts : public CountsTest {
 protected:
  /// What 10x's programs leave: genes are rows.
  std::string ten_x(const std::string& genes_name) const {
    write("out/matrix.mtx",
          "%%MatrixMarket matrix coordinate integer general\n%metadata_json: {}\n4 3 4\n"
          "2 1 2\n4 1 1\n1 2 5\n3 3 7\n");
    write("out/barcodes.tsv", "AAAC-1\nAAAG-1\nAAAT-1\n");
    write("out/" + genes_name, genes_name == "genes.tsv"
                                   ? "ENSG1\tA\nENSG2\tB\nENSG3\tC\nENSG4\tD\n"
                                   : "ENSG1\tA\tGene Expression\nENSG2\tB\tGene Expression\n"
                                     "ENSG3\tC\tGene Expression\nENSG4\tCD3\tAntibody Capture\n");
    return path("out");
  }
};

TEST_F(LoadCounts, AFolderOf10x) {
  CountsSource folder;
  folder.path = ten_x("genes.tsv");
  const Counts counts = read_counts(folder);
  EXPECT_EQ(rows_of(counts.matrix), (Rows{{0, 2, 0, 1}, {5, 0, 0, 0}, {0, 0, 7, 0}}));
  EXPECT_THAT(counts.cell_names, ElementsAre("AAAC-1", "AAAG-1", "AAAT-1"));
  EXPECT_THAT(counts.gene_names, ElementsAre("A", "B", "C", "D"));
  EXPECT_EQ(counts.source, path("out/matrix.mtx"));
  folder.rows = CountRows::cells;
  EXPECT_THAT(message_of<ConfigError>([&] { read_counts(folder); }), HasSubstr("10x"));
}

TEST_F(LoadCounts, APackedFolderOf10xWithOtherFeatures) {
  CountsSource folder;
  folder.path = ten_x("features.tsv");
  for (const char* name : {"out/matrix.mtx", "out/features.tsv", "out/barcodes.tsv"}) {
    write_gzip(std::string(name) + ".gz", testing::read_file(path(name)));
    std::filesystem::remove(path(name));
  }
  std::string said;
  const Counts counts =
      read_counts(folder, {.remark = [&](const std::string& remark) { said = remark; }});
  EXPECT_EQ(rows_of(counts.matrix), (Rows{{0, 2, 0}, {5, 0, 0}, {0, 0, 7}}));
  EXPECT_THAT(counts.gene_names, ElementsAre("A", "B", "C"));
  EXPECT_THAT(said, HasSubstr("1 features are no \"Gene Expression\""));
}

TEST_F(LoadCounts, NamesOfFilesOfOnesOwn) {
  CountsSource counts = source(write("a.csv", "0,2\n5,0\n7,0\n"));
  counts.gene_names = write("genes.txt", "A\nB\n");
  EXPECT_THAT(read_counts(counts).gene_names, ElementsAre("A", "B"));
  counts.cell_names = path("genes.txt");
  EXPECT_THAT(message_of<DataError>([&] { read_counts(counts); }),
              AllOf(HasSubstr("2 names"), HasSubstr("3 cells"), HasSubstr("data.cell_names")));
  counts.cell_names = path("absent");
  EXPECT_THAT(message_of<DataError>([&] { read_counts(counts); }), HasSubstr("data.cell_names"));
  counts.path = path("absent");
  EXPECT_THAT(message_of<DataError>([&] { read_counts(counts); }), HasSubstr("data.path"));
}

TEST_F(LoadCounts, PartsOfPreprocessingAreAppliedInTheirOrder) {
  Counts counts = read("a.csv", ",A,B,C\nc1,1,3,0\nc2,0,8,0\nc3,6,0,10\nc4,0,0,0\n");
  std::vector<std::string> said;
  const auto apply = [&](std::vector<Preprocess> parts) {
    preprocess(counts, parts, [&](const std::string& text) { said.push_back(text); });
  };
  apply({FilterCells{.least_genes = 1}});
  EXPECT_THAT(counts.cell_names, ElementsAre("c1", "c2", "c3"));
  EXPECT_THAT(said, ElementsAre(HasSubstr("filter_cells: 3 of 4 cells are kept")));
  apply({FilterGenes{.least_count = 3, .least_cells = 2}});
  EXPECT_THAT(counts.gene_names, ElementsAre("B"));
  EXPECT_EQ(rows_of(counts.matrix), (Rows{{3}, {8}, {0}}));
  apply({LibrarySize{.total = 6}, Log2{}});
  EXPECT_EQ(rows_of(counts.matrix), (Rows{{std::log2(7.F)}, {std::log2(7.F)}, {0}}));
  EXPECT_THAT(message_of<DataError>([&] { apply({FilterGenes{.least_cells = 9}}); }),
              HasSubstr("none of 1 genes is left"));
}

TEST_F(LoadCounts, LibrarySizesBecomeTheirMedian) {
  Counts counts = read("a.csv", "1,1\n0,4\n4,4\n3,0\n");
  preprocess(counts, {LibrarySize{}}, [](const std::string&) {});
  EXPECT_EQ(rows_of(counts.matrix), (Rows{{1.75F, 1.75F}, {0, 3.5F}, {1.75F, 1.75F}, {3.5F, 0}}));
}

// Genes of one mean: the middle one has no dispersion of its own, the others stand out by how far
// they lie from it.
TEST_F(LoadCounts, DispersionIsThatAmongGenesOfALikeMean) {
  const Counts counts = read("a.csv", "2,1,4\n2,3,0\n2,1,4\n2,3,0\n");
  // Variances 0, 4/3 and 16/3 over a mean of 2: dispersions 0, 2/3 and 8/3, their median 2/3,
  // deviations 2/3, 0 and 2, whose median is 2/3.
  const std::vector<double> normalized = normalized_dispersion(counts.matrix);
  ASSERT_THAT(normalized, SizeIs(3));
  EXPECT_NEAR(normalized[0], 1 / 1.4826, 1e-12);
  EXPECT_NEAR(normalized[1], 0, 1e-12);
  EXPECT_NEAR(normalized[2], 3 / 1.4826, 1e-12);
  Counts kept = counts;
  preprocess(kept, {MostDispersed{.genes = 2}}, [](const std::string&) {});
  EXPECT_EQ(rows_of(kept.matrix), (Rows{{2, 4}, {2, 0}, {2, 4}, {2, 0}}));
}

TEST_F(LoadCounts, EachNonZeroIsInOnePart) {
  std::string text;
  for (int r = 0; r < 20; ++r) {
    for (int c = 0; c < 10; ++c) text += (c > 0 ? "," : "") + std::to_string((r * 7 + c * 3) % 4);
    text += '\n';
  }
  CountsSource counts = source(write("a.csv", text));
  counts.test_share = 0.3;
  counts.validation_share = 0.2;
  const CountsSplit split = load_counts(counts);
  EXPECT_EQ(split.counts.matrix.nnz(), 150);
  EXPECT_EQ(split.test.nnz(), 45);
  EXPECT_EQ(split.validation.nnz(), 21);
  Rows sum = rows_of(split.train);
  for (const CsrArrays* part : {&split.validation, &split.test}) {
    const Rows rows = rows_of(*part);
    for (std::size_t r = 0; r < sum.size(); ++r) {
      for (std::size_t c = 0; c < sum[r].size(); ++c) sum[r][c] += rows[r][c];
    }
  }
  EXPECT_EQ(sum, rows_of(split.counts.matrix));
  EXPECT_EQ(load_counts(counts).test.col, split.test.col);
  counts.split_seed = 1;
  EXPECT_NE(load_counts(counts).test.col, split.test.col);
  counts.test_share = 0;
  EXPECT_EQ(load_counts(counts).test.nnz(), 0);
}

// Their own preprocessing in R chose these 1000 genes and left these values.
TEST(LoadRealCounts, BlakeleyBecomesWhatItsAuthorsMadeOfIt) {
  if (std::getenv("LACUNA_DATA") == nullptr) GTEST_SKIP() << "LACUNA_DATA is not set";
  CountsSource raw;
  raw.path = "scrna/blakeley_raw_23794genes_x_30cells.csv.gz";
  raw.rows = CountRows::genes;
  raw.preprocess = {FilterGenes{.least_count = 3, .least_cells = 4}, LibrarySize{},
                    MostDispersed{.genes = 1000}, Log2{}};
  const CountsSplit ours = load_counts(raw);
  CountsSource theirs;
  theirs.path = "scrna/blakeley_preprocessed_30x1000.csv.gz";
  theirs.rows = CountRows::cells;
  const Counts expected = read_counts(theirs);
  EXPECT_EQ(expected.matrix.nnz(), 14556);
  EXPECT_EQ(ours.counts.cell_names, expected.cell_names);
  const std::vector<std::string>& genes = expected.gene_names;
  const std::vector<std::string>& own = ours.counts.gene_names;
  const Rows want = rows_of(expected.matrix);
  const Rows have = rows_of(ours.counts.matrix);
  for (std::size_t g = 0; g < genes.size(); ++g) {
    const auto found = std::ranges::find(own, genes[g]);
    ASSERT_NE(found, own.end()) << genes[g];
    const auto at = static_cast<std::size_t>(found - own.begin());
    for (std::size_t c = 0; c < want.size(); ++c) EXPECT_NEAR(have[c][at], want[c][g], 2e-5);
  }
}

}  // namespace
}  // namespace lacuna::data
