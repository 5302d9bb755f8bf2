#include "runtime/data/tables/read_rows.hpp"

#include <stdexcept>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const DenseArray& dense(const DataSet& data, const char* name) {
  return std::get<DenseArray>(data.fields.at(name));
}
const std::vector<float>& values(const DataSet& data, const char* name) {
  return std::get<std::vector<float>>(dense(data, name).values);
}

class ReadRows : public DataTest {
 protected:
  DataSet read(std::string_view text, const RowOptions& options = {}) const {
    return read_rows(write("table.csv", text), schema_, options);
  }
  std::string fault(std::string_view text, const RowOptions& options = {}) const {
    return message_of<DataError>([&] { read(text, options); });
  }

  TableSchema schema_ = [] {
    TableSchema schema;
    schema.inputs = {{"size", ColumnKind::number, {}},
                     {"colour", ColumnKind::category, {"blue", "red"}}};
    schema.target = {"y", ColumnKind::category, {"no", "yes"}};
    schema.missing = standard_missing();
    return schema;
  }();
};

TEST_F(ReadRows, CategoriesAreOneHotAndMissingCellsMaskAllOfThem) {
  const DataSet data = read("y,other,colour,size\nyes,7,red,1.5\nno,8,?,2\n,9,blue,\n");
  const DenseArray& input = dense(data, "input");
  EXPECT_EQ(input.rows, 3);
  EXPECT_THAT(input.shape, ElementsAre(3));
  EXPECT_THAT(values(data, "input"), ElementsAre(1.5f, 0, 1, 2, 0, 0, 0, 1, 0));
  EXPECT_THAT(input.mask, ElementsAre(7, 1, 6));
  const auto& labels = std::get<Labels>(data.fields.at("target"));
  EXPECT_THAT(labels.value, ElementsAre(1, 0, -1));
  EXPECT_THAT(labels.classes, ElementsAre("no", "yes"));
  EXPECT_EQ(data.source, path("table.csv"));
  EXPECT_EQ(data.checksum.size(), 32u);
}

TEST_F(ReadRows, WithoutHolesThereIsNoMask) {
  EXPECT_TRUE(dense(read("colour,size\nred,1\n"), "input").mask.empty());
}

TEST_F(ReadRows, TargetAndWeightMayBeAbsent) {
  schema_.weight = "w";
  const DataSet none = read("colour,size\nred,1\n");
  EXPECT_EQ(none.fields.size(), 1u);
  const DataSet both = read("colour,size,w,y\nred,1,0.5,no\n");
  EXPECT_THAT(values(both, "weight"), ElementsAre(0.5f));
}

TEST_F(ReadRows, InputsAloneMayBeAskedFor) {
  schema_.weight = "w";
  const char* text = "colour,size,w,y\nred,1,-1,maybe\n";
  EXPECT_EQ(read(text, {.inputs_only = true}).fields.size(), 1u);
  EXPECT_THAT(fault(text), HasSubstr("unknown level 'maybe'"));
}

TEST_F(ReadRows, NumbersAreScaledWhereTheyAreObserved) {
  schema_.target = {"y", ColumnKind::number, {}};
  schema_.input_scaling = {{10, 0, 0}, {2, 1, 1}};
  schema_.target_scaling = {{100}, {10}};
  const DataSet data = read("size,colour,y\n14,red,80\nNA,blue,\n");
  EXPECT_THAT(values(data, "input"), ElementsAre(2, 0, 1, 0, 1, 0));
  EXPECT_THAT(values(data, "target"), ElementsAre(-2, 0));
  EXPECT_TRUE(dense(data, "target").observed(0, 0));
  EXPECT_FALSE(dense(data, "target").observed(1, 0));
}

TEST_F(ReadRows, ANumberThatScalingMakesInfiniteIsRefused) {
  schema_.inputs.push_back({"age", ColumnKind::number, {}});
  schema_.input_scaling = {{0, 0, 0, 0}, {1, 1, 1, 0.01}};
  EXPECT_NO_THROW(read("size,colour,age\n3e38,red,3e36\n"));
  EXPECT_THAT(fault("size,colour,age\n1,red,1\n1,red,3e37\n"),
              HasSubstr("table.csv: column 'age': a number is so far from"));
}

TEST_F(ReadRows, AMissingTargetIsAnErrorOrDropped) {
  const char* text = "size,colour,y\n1,red,NA\n2,red,yes\n";
  EXPECT_THAT(fault(text, {.missing_target = MissingTarget::error}),
              HasSubstr("table.csv:2: column 'y': missing: set data.missing_target to \"drop\""));
  const DataSet data = read(text, {.missing_target = MissingTarget::drop});
  EXPECT_EQ(data.rows(), 1);
  EXPECT_THAT(values(data, "input"), ElementsAre(2, 0, 1));
  EXPECT_THAT(fault("size,colour,y\n1,red,NA\n", {.missing_target = MissingTarget::drop}),
              HasSubstr("no row has a target"));
}

TEST_F(ReadRows, FaultsNameLineColumnAndCell) {
  EXPECT_THAT(fault("size,colour\n1,red\n2,green\n"),
              EndsWith("table.csv:3: column 'colour': unknown level 'green', in: 2,green"));
  EXPECT_THAT(fault("size,colour\nbig,red\n"),
              HasSubstr("table.csv:2: column 'size': 'big' is not a finite number"));
  EXPECT_THAT(fault("size,colour\ninf,red\n"), HasSubstr("'inf' is not a finite number"));
  EXPECT_THAT(fault("colour,y\nred,no\n"),
              HasSubstr("table.csv:1: no column 'size' (an input of the model: the columns are "
                        "'colour', 'y')"));
  schema_.weight = "w";
  EXPECT_THAT(fault("size,colour,w\n1,red,\n"), HasSubstr("column 'w': a row without weight"));
  EXPECT_THAT(fault("size,colour,w\n1,red,-1\n"), HasSubstr("a weight must not be negative"));
}

TEST_F(ReadRows, ASchemaReadsBackFromItsJson) {
  schema_.inputs[0].name =
      "gr\xC3\xB6\xC3\x9F"
      "e \"x\"";
  schema_.weight = "w";
  schema_.input_scaling = {{1.0 / 3, 0, 0}, {0, 1, 1}};
  const config::Json json = config::to_json(schema_);
  const auto again = config::parse<TableSchema>(config::parse_json(config::dump(json), "schema"));
  EXPECT_EQ(config::to_json(again), json);
  EXPECT_EQ(again.input_scaling.shift[0], 1.0 / 3);
}

TEST_F(ReadRows, ASchemaThatDoesNotFitTogetherIsRefused) {
  schema_.input_scaling = {{0}, {1}};  // two columns short
  EXPECT_THROW(read("size,colour\n1,red\n"), std::invalid_argument);
  schema_.input_scaling = {};
  schema_.inputs[1].levels = {"red", "red"};
  EXPECT_THROW(read("size,colour\n1,red\n"), std::invalid_argument);
  schema_.inputs[1].levels = {};
  EXPECT_THROW(read("size,colour\n1,red\n"), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::data
