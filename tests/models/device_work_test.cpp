#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "kernels/emulation/observe.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/models/configurations.hpp"
#include "tests/support/context.hpp"

/// What a training asks of a device, counted by the emulated one.
namespace lacuna::testing {
namespace {

using emulation::Deed;
using emulation::Log;
using emulation::LogEntry;

TrainConfig config_of(int batch_size) {
  return {.epochs = 6,
          .patience = 0,
          .batch_size = batch_size,
          .optimizer = AdamConfig{.learning_rate = 0.01},
          .schedule = {},
          .largest_gradient_norm = 5,
          .l2 = {}};
}

/// The log of AutoRec's last epoch of several, all steps being captured by then.
std::vector<LogEntry> last_epoch(const TrainConfig& config) {
  DeviceContext context(Device::emulated, 2);
  const Configuration configuration = configurations().front();
  const DeviceRows rows = rows_of(context, configuration.rows);
  const auto model =
      models::make_model(context, configuration.model, facts_of(configuration.rows), 5);
  Trainer trainer(context, *model, config, rows, mean_square_of(context, *model, rows), 6);
  Log log;
  std::vector<LogEntry> last;
  trainer.run({.epoch =
                   [&](const EpochReport&) {
                     last = log.entries();
                     log.clear();
                   },
               .should_continue = {}});
  return last;
}

std::int64_t count(const std::vector<LogEntry>& entries, Deed deed) {
  return std::ranges::count(entries, deed, &LogEntry::deed);
}

std::int64_t launches_of(const std::vector<LogEntry>& entries, std::string_view kernel) {
  return std::ranges::count_if(entries, [&](const LogEntry& entry) {
    return entry.deed == Deed::launch && entry.name == kernel;
  });
}

TEST(DeviceWork, OfAMiniBatchStepIsAtMostFourteenLaunchesAndNothingElse) {
  const std::vector<LogEntry> epoch = last_epoch(config_of(10));
  const auto is_begin = [](const LogEntry& entry) { return entry.name == "set_input"; };
  const auto begin = std::ranges::find_if(epoch, is_begin);
  ASSERT_NE(begin, epoch.end());
  const auto end = std::find_if(begin + 1, epoch.end(), is_begin);
  ASSERT_NE(end, epoch.end());
  std::vector<std::string> launches;
  for (auto entry = begin; entry != end; ++entry) {
    if (entry->deed == Deed::graph) continue;
    EXPECT_EQ(entry->deed, Deed::launch) << entry->name;
    launches.push_back(entry->name);
  }
  EXPECT_LE(launches.size(), 14u) << ::testing::PrintToString(launches);
  EXPECT_EQ(launches.back(), "adam");
}

TEST(DeviceWork, OfAnEpochIsWaitedForOnce) {
  for (const int batch_size : {0, 10}) {
    for (const double lambda : {0.0, 0.1}) {
      TrainConfig config = config_of(batch_size);
      config.l2.lambda = lambda;
      EXPECT_EQ(count(last_epoch(config), Deed::wait), 1)
          << "batch size " << batch_size << " lambda " << lambda;
    }
  }
}

TEST(DeviceWork, OfAnEpochAllocatesNothing) {
  for (const int batch_size : {0, 10}) {
    const std::vector<LogEntry> epoch = last_epoch(config_of(batch_size));
    EXPECT_EQ(count(epoch, Deed::allocate), 0) << "batch size " << batch_size;
    EXPECT_EQ(count(epoch, Deed::capture), 0) << "batch size " << batch_size;
  }
}

// Validation and the next step need the codes of one and the same weights.
TEST(DeviceWork, EncodesRowsOnceAnEpochWhereOneBatchHasThemAll) {
  constexpr std::int64_t launches_of_encoding = 2;
  EXPECT_EQ(launches_of(last_epoch(config_of(0)), "csr_times_dense"), launches_of_encoding);
  const std::int64_t steps = 5;
  EXPECT_EQ(launches_of(last_epoch(config_of(10)), "csr_times_dense"),
            launches_of_encoding * (steps + 1));
}

TEST(DeviceWork, HasNoPenaltyWithoutLambda) {
  TrainConfig config = config_of(0);
  EXPECT_EQ(launches_of(last_epoch(config), "sum_of_squares"), 0);
  config.l2.lambda = 0.1;
  EXPECT_GT(launches_of(last_epoch(config), "sum_of_squares"), 0);
}

}  // namespace
}  // namespace lacuna::testing
