#include "experiments/run/metrics_log.hpp"

#include <gmock/gmock.h>

#include "experiments/run/run_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

EpochReport epoch(int number) {
  EpochReport report;
  report.epoch = number;
  report.validation = {{.metric = &metric::rmse, .value = 1.0 / number}};
  report.seconds = number;
  return report;
}

class MetricsLogTest : public ::testing::Test {
 protected:
  std::vector<int> epochs() const {
    std::vector<int> numbers;
    for (const EpochReport& report : read_metrics(folder_ / metrics_file)) {
      numbers.push_back(report.epoch);
    }
    return numbers;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(MetricsLogTest, GoesOnAfterTheEpochsThatCount) {
  {
    MetricsLog log(folder_.path(), 0);
    EXPECT_EQ(log.seconds(), 0);
    for (int number = 1; number <= 4; ++number) log.write(epoch(number));
  }
  MetricsLog log(folder_.path(), 2);
  EXPECT_EQ(log.seconds(), 2);
  log.write(epoch(3));
  EXPECT_EQ(epochs(), (std::vector{1, 2, 3}));
  EXPECT_EQ(folder_.entries(), 2) << "one file of events, whatever happened before";
}

TEST_F(MetricsLogTest, ThePhaseIsNamedWhereThereAreSeveral) {
  EXPECT_EQ(metrics_line(epoch(1)).find("phase"), std::string::npos);
  EpochReport report = epoch(1);
  report.phase = "layer2";
  testing::write_file(folder_ / metrics_file, metrics_line(report) + '\n');
  EXPECT_EQ(read_metrics(folder_ / metrics_file).at(0).phase, "layer2");
  EXPECT_TRUE(read_metrics(folder_ / metrics_file).at(0).losses.empty());
}

TEST_F(MetricsLogTest, HalfALineAtTheEndIsForgotten) {
  const std::string whole = metrics_line(epoch(1)) + '\n' + metrics_line(epoch(2)) + '\n';
  const std::string next = metrics_line(epoch(3));
  for (std::size_t length = 0; length <= next.size(); ++length) {
    testing::write_file(folder_ / metrics_file, whole + next.substr(0, length));
    MetricsLog log(folder_.path(), 2);
    log.write(epoch(3));
    EXPECT_EQ(testing::read_file(folder_ / metrics_file), whole + next + '\n') << length;
  }
}

}  // namespace
}  // namespace lacuna::experiments
