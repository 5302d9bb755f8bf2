#include "kernels/sparse/runs_cpu.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <utility>
#include <vector>

namespace lacuna::cpu {
namespace {

using ::testing::Each;
using ::testing::Gt;
using ::testing::SizeIs;

using Runs = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// Notes what is called for each list; no two threads share one.
struct Recorder {
  std::vector<Runs>& runs;
  std::vector<int>& started;
  std::vector<int>& finished;

  void start(std::int64_t i) const {
    EXPECT_THAT(runs[static_cast<std::size_t>(i)], SizeIs(0));
    ++started[static_cast<std::size_t>(i)];
  }
  void run(std::int64_t i, std::int64_t begin, std::int64_t end) const {
    EXPECT_LT(begin, end);
    EXPECT_EQ(finished[static_cast<std::size_t>(i)], 0);
    runs[static_cast<std::size_t>(i)].emplace_back(begin, end);
  }
  void finish(std::int64_t i) const { ++finished[static_cast<std::size_t>(i)]; }
};

/// `lists` lists of every `step`-th index below `range`, except that the third is empty. Their
/// entries are numbered from 5, as in a view of later rows.
class RunsTest : public ::testing::Test {
 protected:
  std::vector<Runs> runs_of(std::int64_t lists, std::int32_t range, std::int32_t step,
                            const ExecContext& ctx) {
    std::vector<std::int64_t> ptr{5};
    std::vector<std::int32_t> index(5, -1);
    for (std::int64_t i = 0; i < lists; ++i) {
      for (std::int32_t k = 0; k < range && i != 2; k += step) index.push_back(k);
      ptr.push_back(static_cast<std::int64_t>(index.size()));
    }
    std::vector<Runs> runs(static_cast<std::size_t>(lists));
    std::vector<int> started(runs.size()), finished(runs.size());
    std::vector<std::int64_t> cursor(runs.size());
    for_each_run(ctx, {lists, range, ptr.data(), index.data()}, 1, cursor.data(),
                 Recorder{runs, started, finished});
    EXPECT_THAT(started, Each(1));
    EXPECT_THAT(finished, Each(1));
    for (std::size_t i = 0; i < runs.size(); ++i) {
      std::int64_t next = ptr[i];
      for (const auto& [begin, end] : runs[i]) {
        EXPECT_EQ(begin, std::exchange(next, end)) << "consecutive";
      }
      EXPECT_EQ(next, ptr[i + 1]) << "every entry";
    }
    return runs;
  }
};

TEST_F(RunsTest, LongListsAreDoneInBlocksThatFitTheCache) {
  for (const int threads : {1, 2, 3, 8}) {
    const auto runs = runs_of(7, 1000, 1, {.threads = threads, .cache_bytes = 100});
    EXPECT_THAT(runs[0], SizeIs(10));
    EXPECT_THAT(runs[2], SizeIs(0));
    EXPECT_EQ(runs[6], runs_of(7, 1000, 1, {.threads = 1, .cache_bytes = 100})[6]);
  }
}

TEST_F(RunsTest, BlocksHaveEnoughEntriesOfEachList) {
  const Runs runs = runs_of(7, 1000, 10, {.threads = 2, .cache_bytes = 0})[0];
  EXPECT_THAT(runs.size(), Gt(1u));
  for (std::size_t k = 0; k + 1 < runs.size(); ++k) {
    EXPECT_THAT(runs[k].second - runs[k].first, Gt(10)) << "all but the last";
  }
}

TEST_F(RunsTest, ShortListsAndSmallRangesAreDoneInOne) {
  EXPECT_THAT(runs_of(20, 1000, 100, {.threads = 2, .cache_bytes = 0})[0], SizeIs(1));
  EXPECT_THAT(runs_of(20, 1000, 1, {.threads = 2, .cache_bytes = 1000})[0], SizeIs(1));
}

TEST_F(RunsTest, NoListsAndNoEntries) {
  runs_of(0, 10, 1, {.threads = 2});
  runs_of(4, 0, 1, {.threads = 2});
}

}  // namespace
}  // namespace lacuna::cpu
