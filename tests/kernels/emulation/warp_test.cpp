#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

using Warp = OnEngine;
INSTANTIATE_TEST_SUITE_P(Emulation, Warp, engines(), engine_name);

constexpr unsigned all = 0xffffffffU;

enum class Kind { index, up, down, flip };

/// Each lane gives its number and reads another's.
template <class T>
__global__ void shuffle(Kind kind, int argument, int width, T* out) {
  const unsigned i = threadIdx.x;
  const T own = static_cast<T>(i);
  const auto distance = static_cast<unsigned>(argument);
  switch (kind) {
    case Kind::index:
      out[i] = __shfl_sync(all, own, argument, width);
      break;
    case Kind::up:
      out[i] = __shfl_up_sync(all, own, distance, width);
      break;
    case Kind::down:
      out[i] = __shfl_down_sync(all, own, distance, width);
      break;
    case Kind::flip:
      out[i] = __shfl_xor_sync(all, own, argument, width);
      break;
  }
}

template <class T>
std::vector<T> shuffled(Kind kind, int argument, int width = 32) {
  Array<T> out(64);
  run(1, 64, shuffle<T>, kind, argument, width, out.get());
  return out.values();
}

/// What each of 64 lanes reads by the definition of CUDA's programming guide.
template <class T, class Source>
std::vector<T> expected(Source source) {
  std::vector<T> values;
  for (int i = 0; i < 64; ++i) values.push_back(static_cast<T>(i / 32 * 32 + source(i % 32)));
  return values;
}

TEST_P(Warp, ShufflesReadTheLaneAskedFor) {
  EXPECT_EQ(shuffled<float>(Kind::index, 5), expected<float>([](int) { return 5; }));
  EXPECT_EQ(shuffled<int>(Kind::up, 3), expected<int>([](int i) { return i < 3 ? i : i - 3; }));
  EXPECT_EQ(shuffled<unsigned>(Kind::down, 3),
            expected<unsigned>([](int i) { return i > 28 ? i : i + 3; }));
  EXPECT_EQ(shuffled<float>(Kind::flip, 9), expected<float>([](int i) { return i ^ 9; }));
}

TEST_P(Warp, ShufflesStayInTheirPartOfTheWarp) {
  const auto part = [](int i) { return i / 8 * 8; };
  EXPECT_EQ(shuffled<int>(Kind::index, 10, 8), expected<int>([&](int i) { return part(i) + 2; }));
  EXPECT_EQ(shuffled<int>(Kind::up, 3, 8),
            expected<int>([&](int i) { return i - part(i) < 3 ? i : i - 3; }));
  EXPECT_EQ(shuffled<int>(Kind::down, 3, 8),
            expected<int>([&](int i) { return i + 3 >= part(i) + 8 ? i : i + 3; }));
  // Flipping bits reaches earlier parts, as on the hardware, but no later ones.
  EXPECT_EQ(shuffled<int>(Kind::flip, 8, 8),
            expected<int>([](int i) { return (i & 8) != 0 ? i ^ 8 : i; }));
}

TEST_P(Warp, EightByteValuesAreShuffledWhole) {
  EXPECT_EQ(shuffled<double>(Kind::flip, 1), expected<double>([](int i) { return i ^ 1; }));
  EXPECT_EQ(shuffled<long long>(Kind::index, 31), expected<long long>([](int) { return 31; }));
}

/// One lane after the other reads the value of the lane before: results must not be overwritten by
/// a faster lane's next call.
__global__ void sum_by_shuffles(int rounds, int* out) {
  int sum = 0;
  int value = static_cast<int>(threadIdx.x);
  for (int r = 0; r < rounds; ++r) {
    value = __shfl_sync(all, value, static_cast<int>(threadIdx.x + 1) % 32);
    sum += value;
  }
  out[threadIdx.x] = sum;
}

TEST_P(Warp, CallsInARowDoNotMix) {
  Array<int> out(32);
  run(1, 32, sum_by_shuffles, 32, out.get());
  EXPECT_THAT(out.values(), Each(31 * 32 / 2));
}

struct Votes {
  unsigned ballot;
  int any, all, any_of_none, all_of_all;
  unsigned match;
};

__global__ void vote(Votes* out) {
  const unsigned i = threadIdx.x;
  out[i].ballot = __ballot_sync(all, i % 3 == 0 ? 7 : 0);
  out[i].any = __any_sync(all, i == 4);
  out[i].all = __all_sync(all, i != 4);
  out[i].any_of_none = __any_sync(all, 0);
  out[i].all_of_all = __all_sync(all, 1);
  out[i].match = __match_any_sync(all, i % 4);
}

TEST_P(Warp, VotesCountEveryLane) {
  Array<Votes> out(32);
  run(1, 32, vote, out.get());
  unsigned i = 0;
  for (const Votes& votes : out.values()) {
    EXPECT_EQ(votes.ballot, 0x49249249U);
    EXPECT_EQ(votes.any, 1);
    EXPECT_EQ(votes.all, 0);
    EXPECT_EQ(votes.any_of_none, 0);
    EXPECT_EQ(votes.all_of_all, 1);
    EXPECT_EQ(votes.match, 0x11111111U << i++ % 4);
  }
}

/// Halves of a warp at different calls, and one half twice as often.
__global__ void halves(int* out) {
  const unsigned i = threadIdx.x;
  const unsigned mask = i < 16 ? 0x0000ffffU : 0xffff0000U;
  int value = static_cast<int>(i);
  if (i < 16) {
    value = __shfl_xor_sync(mask, value, 1);
    value = __shfl_xor_sync(mask, value, 2);
  } else {
    __syncwarp(mask);
    value = __shfl_sync(mask, value, 20);
  }
  __syncwarp();
  out[i] = value;
}

TEST_P(Warp, LanesThatNoMaskJoinsDoNotWaitForEachOther) {
  Array<int> out(32);
  run(1, 32, halves, out.get());
  std::vector<int> values = out.values();
  for (int i = 0; i < 16; ++i) EXPECT_EQ(values[static_cast<std::size_t>(i)], i ^ 3);
  for (std::size_t i = 16; i < 32; ++i) EXPECT_EQ(values[i], 20);
}

TEST(DeviceFunctions, CountBits) {
  EXPECT_EQ(__popc(0xf0f0U), 8);
  EXPECT_EQ(__clz(0), 32);
  EXPECT_EQ(__clz(1), 31);
  EXPECT_EQ(__ffs(0), 0);
  EXPECT_EQ(__ffs(8), 4);
}

}  // namespace
}  // namespace lacuna::emulation
