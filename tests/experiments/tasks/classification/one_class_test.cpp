#include "tests/experiments/tasks/rows/row_program.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Tables of which one part has rows of the first class only.
class OneClass : public RowProgram {
 protected:
  void all_are_no(std::vector<std::int64_t> data::RowParts::*part) {
    const data::RowParts split = parts();
    for (const std::int64_t r : split.*part) lines_[static_cast<std::size_t>(r)].kind = "no";
    write_file(folder_ / "table.csv", csv_of(lines_));
  }
};

TEST_F(OneClass, OfTestRowsLeavesAurocOutAndSaysWhy) {
  all_are_no(&data::RowParts::test);
  const std::string why = "no AUROC and no AUPRC: no row of the positive class";
  EXPECT_THAT(output_of({"train", "classes.json", "output.dir=run", "-q"}), HasSubstr(why));
  const Json result = result_of("run");
  EXPECT_TRUE(result.at("test").at("auroc").is_null());
  EXPECT_TRUE(result.at("test").at("auprc").is_null());
  EXPECT_GT(result.at("test").at("nll").as_double(), 0);
  EXPECT_THAT(config::dump(result.at("remarks")), HasSubstr(why));
  const Json evaluated = json_of({"evaluate", "run", "--json"});
  EXPECT_EQ(test_scores(evaluated)[0], result.at("test"));
  EXPECT_THAT(config::dump(evaluated), HasSubstr(why));
  EXPECT_THAT(report_of({"run"}), AllOf(HasSubstr(why), HasSubstr("Classes of the test rows"),
                                        Not(HasSubstr("Chart: ROC"))));
}

TEST_F(OneClass, OfValidationRowsEndsWith3WhereAurocChooses) {
  all_are_no(&data::RowParts::validation);
  for (const char* score : {"auroc", "auprc"}) {
    EXPECT_THAT(
        message_of(3, {"train", "classes.json", std::string("evaluate.choose_by=") + score}),
        AllOf(HasSubstr("evaluate.choose_by"), HasSubstr("no row of the positive class"),
              HasSubstr("data.stratify")));
  }
  train("classes.json", "by_nll");
}

}  // namespace
}  // namespace lacuna::experiments
