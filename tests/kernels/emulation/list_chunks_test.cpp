#include "kernels/sparse/list_chunks.cuh"

#include <memory>

#include "tests/kernels/emulation/emulated.hpp"

/// How a warp finds its way through lists: what it reads is counted.
namespace lacuna::emulation {
namespace {

/// Pointers to lists, in device memory, whose reads by lane 0 are counted.
struct CountedPointers {
  const std::int64_t* ptr;
  int* reads;

  std::int64_t operator[](std::int64_t i) const {
    if (threadIdx.x == 0) ++*reads;
    return ptr[i];
  }
};

struct CountedLists {
  CountedPointers ptr;
  std::int64_t count;

  std::int64_t lists() const { return count; }
};

/// Walks from the first list with entries to the last one.
__global__ void walk(CountedLists lists, std::int64_t entries, std::int64_t* visited) {
  ListAt at = list_of(lists, 0);
  for (int i = 0;; ++i) {
    if (threadIdx.x == 0) visited[i] = at.list;
    if (at.end == entries) return;
    step_to_next(lists, at);
  }
}

struct Walk {
  std::vector<std::int64_t> visited;
  int reads;
};

/// `with_entries`: the lists of `count` that have one entry each, ascending.
Walk walk_through(std::int64_t count, const std::vector<std::int64_t>& with_entries) {
  std::vector<std::int64_t> ptr(static_cast<std::size_t>(count) + 1);
  for (const std::int64_t list : with_entries) ++ptr[static_cast<std::size_t>(list) + 1];
  for (std::size_t i = 1; i < ptr.size(); ++i) ptr[i] += ptr[i - 1];
  const Array<std::int64_t> pointers(ptr);
  const Array<int> reads{0};
  const Array<std::int64_t> visited(with_entries.size());
  const auto entries = static_cast<std::int64_t>(with_entries.size());
  run(1, 32, walk, CountedLists{{pointers.get(), reads.get()}, count}, entries, visited.get());
  return {visited.values(), reads.values()[0]};
}

TEST(ListChunks, StepOverAMillionEmptyListsInAFewReads) {
  const std::vector<std::int64_t> ends{0, 999'999};
  const Walk walk = walk_through(1'000'000, ends);
  EXPECT_EQ(walk.visited, ends);
  EXPECT_LT(walk.reads, 30);
}

TEST(ListChunks, StepToEveryListWithEntriesAndToNoOther) {
  std::vector<std::int64_t> lists{3, 4, 36, 37, 69, 102, 103, 200, 2000};
  EXPECT_EQ(walk_through(2001, lists).visited, lists);
  EXPECT_EQ(walk_through(2500, lists).visited, lists) << "with empty ones behind";
  EXPECT_EQ(walk_through(1, {0}).visited, std::vector<std::int64_t>{0});
}

TEST(ListChunks, OfFewEntriesAreShortSoThatTheyFillADevice) {
  const std::int64_t ptr = 0;
  EXPECT_GE(EntryLists(&ptr, 1, 10'000).blocks(), 132u) << "multiprocessors of an H200";
  EXPECT_EQ(EntryLists(&ptr, 1, 10'000).chunk(), 16);
  EXPECT_EQ(EntryLists(&ptr, 1, 40'000).chunk(), 64);
  EXPECT_EQ(EntryLists(&ptr, 1, 900'000).chunk(), 64);
  EXPECT_EQ(EntryLists(&ptr, 1, 1).blocks(), 1u);
}

}  // namespace
}  // namespace lacuna::emulation
