#include "experiments/tasks/rows/row_groups.hpp"

#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(ByGroup, TakesEachGroupsRowsAndOutputs) {
  data::DataSet part;
  part.fields.emplace("input", data::DenseArray{3, {1}, std::vector<float>{1, 2, 3}, {}});
  part.fields.emplace("target", data::DenseArray{3, {1}, std::vector<float>{4, 5, 6}, {}});
  const std::vector<float> outputs{10, 11, 20, 21, 30, 31};
  EXPECT_THAT(by_group(part, outputs), IsEmpty()) << "there are none";
  part.fields.emplace("group", data::Labels{{1, 0, 1}, {"dense", "sparse", "empty"}});
  const std::vector<RowGroup> groups = by_group(part, outputs);
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_EQ(groups[0].name, "dense");
  EXPECT_EQ(groups[1].name, "sparse");
  EXPECT_THAT(groups[1].outputs, ElementsAre(10, 11, 30, 31));
  const auto& targets = std::get<data::DenseArray>(groups[1].rows.fields.at("target"));
  EXPECT_THAT(std::get<std::vector<float>>(targets.values), ElementsAre(4, 6));
  EXPECT_THAT(column_means(groups[1].outputs, 2), ElementsAre(20, 21));
}

class Groups : public RowProgram {
 protected:
  Json details(const char* file) const {
    train(file, "run",
          {R"(data.holes={"dense_share": 0.1, "sparse_share": 0.7})", "data.copies=3"});
    return result_of("run").at("details");
  }
};

TEST_F(Groups, ErrorsOfNumbersMakeUpTheirWhole) {
  const Json found = details("numbers.json");
  const double dense = found.at("rmse_dense").as_double();
  const double sparse = found.at("rmse_sparse").as_double();
  const double all = result_of("run").at("test").at("rmse").as_double();
  EXPECT_LE(std::min(dense, sparse), all);
  EXPECT_GE(std::max(dense, sparse), all);
  for (const char* group : {"output_dense", "output_sparse"}) {
    EXPECT_NEAR(found.at(group).as_double(), 100, 60) << "in the target's unit: " << group;
  }
}

TEST_F(Groups, ProbabilitiesOfClassesSumToOne) {
  const Json found = details("classes.json");
  const double dense = found.at("error_rate_dense").as_double();
  const double sparse = found.at("error_rate_sparse").as_double();
  const double all = result_of("run").at("test").at("error_rate").as_double();
  EXPECT_LE(std::min(dense, sparse), all);
  EXPECT_GE(std::max(dense, sparse), all);
  for (const std::string group : {"dense", "sparse"}) {
    double sum = 0;
    for (const Json::Member& member : found.as_object()) {
      if (member.key.starts_with("output_" + group)) sum += member.value.as_double();
    }
    EXPECT_NEAR(sum, 1, 1e-5) << group;
  }
}

TEST_F(Groups, RowsOfAFileAreRepeatedAsTheTrainingRowsWere) {
  train("numbers.json", "run", {"data.copies=3"});
  const ReadTable said = predict("run", test_lines());
  double total = 0, squared = 0;
  for (std::size_t r = 0; r < said.rows.size(); ++r) {
    const TableLine line = test_lines()[r];
    total += line.weight;
    squared += line.weight * std::pow(std::stod(said.rows[r][0]) - line.price, 2);
  }
  const double rmse = result_of("run").at("test").at("rmse").as_double();
  EXPECT_NEAR(rmse, std::sqrt(squared / total), 1e-4 * rmse);
}

TEST_F(Groups, WideRowsAreComparedWithAConstantOnly) {
  const Json wide = json_of(
      {"train", "numbers.json", "output.dir=wide", "data.copies=200", "train.epochs=1", "--json"});
  EXPECT_THAT(wide.at("baselines").as_object(), SizeIs(1));
  EXPECT_EQ(wide.at("baselines").as_object().front().key, "training mean");
}

}  // namespace
}  // namespace lacuna::experiments
