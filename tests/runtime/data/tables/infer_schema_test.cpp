#include "runtime/data/tables/infer_schema.hpp"

#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class InferSchema : public DataTest {
 protected:
  TableSchema infer(std::string_view text) const {
    return infer_schema(write("table.csv", text), source_).schema;
  }
  std::string fault(std::string_view text) const {
    return message_of<DataError>([&] { infer(text); });
  }

  TableSource source_ = [] {
    TableSource source;
    source.target = "y";
    return source;
  }();
};

TEST_F(InferSchema, ColumnsAreNumbersOrCategoriesByAllTheirCells) {
  const TableSchema schema = infer(
      "a,b,c,y\n"
      "1,2,,0.5\n"
      "-1e3,NA,?,1\n"
      "2, x ,NaN,2\n"
      "nan,2,NA,3\n");
  ASSERT_EQ(schema.inputs.size(), 3u);
  EXPECT_EQ(schema.inputs[0].name, "a");
  EXPECT_FALSE(schema.inputs[0].is_category());
  EXPECT_THAT(schema.inputs[1].levels, ElementsAre("2", "x"));
  EXPECT_FALSE(schema.inputs[2].is_category()) << "nothing is known of it";
  EXPECT_FALSE(schema.target.is_category());
  EXPECT_EQ(schema.input_columns(), 4);
}

TEST_F(InferSchema, LevelsAreSortedAsNumbersWhereAllAre) {
  source_.categorical = {"a"};
  const TableSchema schema = infer("a,b,y\n10,b,0\n9,10,1\n-1,B,0\n9,9,0\n");
  EXPECT_THAT(schema.inputs[0].levels, ElementsAre("-1", "9", "10"));
  EXPECT_THAT(schema.inputs[1].levels, ElementsAre("10", "9", "B", "b"));
}

TEST_F(InferSchema, TheTargetsKindGoesByItsValues) {
  std::string few = "x,y\n";
  for (int i = 0; i < 40; ++i) few += "1," + std::to_string(i % 20) + "\n";
  EXPECT_EQ(infer(few).target.levels.size(), 20u);
  EXPECT_FALSE(infer(few + "1,20\n").target.is_category());
  source_.max_levels = 19;
  EXPECT_FALSE(infer(few).target.is_category());
  source_.max_levels = 20;
  EXPECT_FALSE(infer("x,y\n1,0\n1,0.5\n").target.is_category());
  EXPECT_THAT(infer("x,y\n1,yes\n1,no\n1,\n").target.levels, ElementsAre("no", "yes"));
  source_.target_kind = TargetKind::number;
  EXPECT_FALSE(infer("x,y\n1,0\n1,1\n").target.is_category());
  EXPECT_THAT(fault("x,y\n1,0\n1,one\n"),
              EndsWith("table.csv:3: column 'y': 'one' is not a finite number: set "
                       "data.target_kind to \"class\" if it is a class"));
  source_.target_kind = TargetKind::classes;
  EXPECT_THAT(infer("x,y\n1,0.5\n1,0.25\n").target.levels, ElementsAre("0.25", "0.5"));
}

TEST_F(InferSchema, TargetsThatTellNothingAreRefused) {
  EXPECT_THAT(fault("x,y\n1,\n2,?\n"), HasSubstr("column 'y': no row has a target"));
  EXPECT_THAT(fault("x,y\n1,a\n2,a\n"), HasSubstr("all rows are of the class 'a'"));
}

TEST_F(InferSchema, WeightAndIgnoredColumnsAreNoInputs) {
  source_.weight = "w";
  source_.ignore = {"id", ""};
  source_.missing = {"-9"};
  const TableSchema schema = infer(",id,w,x,y\n1,a,1,-9,0\n2,b,2,3,1\n");
  ASSERT_EQ(schema.inputs.size(), 1u);
  EXPECT_EQ(schema.inputs[0].name, "x");
  EXPECT_EQ(schema.weight, "w");
  EXPECT_TRUE(schema.is_missing("-9"));
  source_.ignore = {"", "id", "x"};
  EXPECT_THAT(fault(",id,w,x,y\n1,a,1,1,0\n"), HasSubstr("no column is left to be an input"));
  EXPECT_THAT(fault(",id,w,x,y\n1,a,heavy,1,0\n2,a,1,1,1\n"), HasSubstr("no column is left"));
  source_.ignore = {"", "id"};
  EXPECT_THAT(fault(",id,w,x,y\n1,a,heavy,1,0\n2,a,1,1,1\n"),
              HasSubstr("table.csv:2: column 'w': 'heavy' is not a finite number"));
}

TEST_F(InferSchema, AnUnknownNameIsMetWithTheNearest) {
  source_.target = "clas";
  EXPECT_THAT(fault("x,class\n1,0\n"),
              EndsWith("table.csv:1: no column 'clas' (data.target: did you mean 'class'?), in: "
                       "x,class"));
  source_.target = "class";
  source_.categorical = {"colour"};
  EXPECT_THAT(fault("x,\x1b,class\n1,2,0\n"),
              HasSubstr("(data.categorical: the columns are 'x', '\\x1b', 'class')"));
  source_.categorical = {};
  source_.ignore = {"X"};
  EXPECT_THAT(fault("x,z,class\n1,2,0\n"), HasSubstr("(data.ignore: did you mean 'x'?)"));
  source_.ignore = {};
  source_.weight = "wight";
  EXPECT_THAT(fault("x,weight,class\n1,2,0\n"), HasSubstr("(data.weight: did you mean 'weight'?)"));
}

TEST_F(InferSchema, NamesThatDoNotTellColumnsApartAreRefused) {
  EXPECT_THAT(fault("x,x,y\n1,2,0\n"), HasSubstr("table.csv:1: column 'x' occurs twice"));
  EXPECT_THAT(fault("x,y,y\n1,2,0\n"), HasSubstr("column 'y' occurs twice"));
  EXPECT_THAT(fault("x,,y\n1,2,0\n"), HasSubstr("a column has no name"));
}

TEST_F(InferSchema, InfiniteNumbersAndTooManyLevelsNameTheirLine) {
  EXPECT_THAT(fault("x,y\n1,0\n1e99,1\n"),
              HasSubstr("table.csv:3: column 'x': '1e99' is not a finite number: name it in "
                        "data.missing, or the column in data.categorical"));
  source_.max_levels = 2;
  EXPECT_THAT(
      fault("x,y\n1,0\n2,1\na\x1b[31m,0\n"),
      HasSubstr("table.csv:4: column 'x': more than 2 levels of a category ('a\\x1b[31m' on "
                "line 4 is no number): name what stands for a missing cell"));
}

TEST_F(InferSchema, TextThatIsNotUtf8IsTakenForLatin1) {
  source_.target =
      "gr\xC3\xB6\xC3\x9F"
      "e";
  const TableSchema schema = infer(
      "x,gr\xF6\xDF"
      "e\n\xE9,1\n\xC3\xA9,2\n\"a \"\"b\"\"\",2\n");
  EXPECT_THAT(schema.inputs[0].levels, ElementsAre("a \"b\"", "\xC3\xA9"));
}

TEST_F(InferSchema, DamagedFilesAreRefused) {
  EXPECT_THAT(fault("x,y\n1,2,3\n"), HasSubstr("table.csv:2: 3 fields where 2 are expected"));
  EXPECT_THAT(fault(std::string_view("x,y\n1,\0002\n", 9)), HasSubstr("table.csv:2: a NUL byte"));
  EXPECT_THAT(fault("x,y\n1,\"2\n"), HasSubstr("a quoted field does not end"));
  EXPECT_THAT(fault("x,y\n\n1,2\n"), HasSubstr("table.csv:2: a blank line"));
  EXPECT_THAT(fault("x,y\n"), HasSubstr("holds no rows"));
  EXPECT_THAT(fault(""), HasSubstr("holds no rows"));
  EXPECT_THAT(fault("x,y\n1," + std::string(max_line_bytes, '2') + "\n"),
              HasSubstr("table.csv:2: a line longer than"));
  source_.max_bytes = 5;
  EXPECT_THAT(fault("x,y\n1,2\n"), HasSubstr("raise data.max_bytes"));
}

TEST_F(InferSchema, ATruncatedGzipIsRefused) {
  std::string text = "x,y\n";
  for (int i = 0; i < 1000; ++i) text += std::to_string(i * 7919 % 1000) + ",1\n";
  const std::string whole = write_gzip("whole.csv.gz", text);
  EXPECT_NO_THROW(infer_schema(whole, [&] {
    TableSource source = source_;
    source.target_kind = TargetKind::number;
    return source;
  }()));
  std::string bytes = testing::read_file(whole);
  const std::string cut = write("cut.csv.gz", bytes.substr(0, bytes.size() / 2));
  EXPECT_THAT(message_of<DataError>([&] { infer_schema(cut, source_); }),
              HasSubstr("truncated gzip file"));
}

}  // namespace
}  // namespace lacuna::data
