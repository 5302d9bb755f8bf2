#include "kernels/dense/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "kernels/case_memory.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t cols = 50;

struct Draw {
  std::int64_t first = 0;
  std::int64_t rows = 10;
  std::int64_t step = 1;
  std::uint32_t purpose = 9;
  Device device = Device::cpu;
};

/// Samples of rows whose parameters are all `x`.
template <class T, template <class> class Op>
std::vector<T> sample_of(T x, const Draw& draw) {
  DeviceContext context(draw.device, 2);
  CaseMemory memory(context.runtime());
  std::vector<T> values(static_cast<std::size_t>(draw.rows * cols), x);
  const std::vector<std::int64_t> steps{draw.step};
  Op<T> op;
  op.stream = {.seed = 3, .purpose = draw.purpose};
  op.step = memory.array(steps);
  op.first_row = draw.first;
  op.y = memory.matrix(values, draw.rows, cols);
  memory.to_device();
  if constexpr (requires { op.p; }) {
    op.p = op.y;
    bernoulli_sample(context.exec(), op);
  } else {
    op.mean = op.y;
    normal_sample(context.exec(), op);
  }
  memory.to_host();
  return values;
}

std::vector<float> bernoulli(float p, const Draw& draw) {
  return sample_of<float, BernoulliSample>(p, draw);
}
std::vector<float> normal(float mean, const Draw& draw) {
  return sample_of<float, NormalSample>(mean, draw);
}

double mean_of(const std::vector<float>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

TEST(BernoulliSample, OnesHaveTheShareThatIsAskedFor) {
  const auto y = bernoulli(0.3f, {.rows = 400});
  const double n = static_cast<double>(y.size());
  EXPECT_NEAR(mean_of(y), 0.3, 4 * std::sqrt(0.3 * 0.7 / n));
}

TEST(NormalSample, HasTheMomentsOfANormal) {
  const auto y = normal(0, {.rows = 400});
  std::vector<float> squares(y), fourth(y);
  for (float& x : squares) x *= x;
  for (float& x : fourth) x *= x * x * x;
  const double n = static_cast<double>(y.size());
  EXPECT_NEAR(mean_of(y), 0, 4 / std::sqrt(n));
  EXPECT_NEAR(mean_of(squares), 1, 4 * std::sqrt(2 / n));
  EXPECT_NEAR(mean_of(fourth), 3, 4 * std::sqrt(96 / n));
}

TEST(Samples, StepsAndPurposesDrawAnew) {
  for (const auto sample : {bernoulli, normal}) {
    const auto y = sample(0.5f, {});
    EXPECT_EQ(y, sample(0.5f, {}));
    EXPECT_NE(y, sample(0.5f, {.step = 2}));
    EXPECT_NE(y, sample(0.5f, {.purpose = 10}));
  }
}

TEST(Samples, RowsDrawTheSameWhoeverHasThem) {
  for (const auto sample : {bernoulli, normal}) {
    const auto all = sample(0.5f, {});
    const auto rest = sample(0.5f, {.first = 3, .rows = 7});
    EXPECT_TRUE(std::equal(rest.begin(), rest.end(), all.begin() + 3 * cols));
  }
}

TEST(Samples, DrawTheSameOnTheEmulatedDevice) {
  for (const auto sample : {bernoulli, normal}) {
    EXPECT_EQ(sample(0.5f, {.first = 3}), sample(0.5f, {.first = 3, .device = Device::emulated}));
  }
}

TEST(Samples, DrawTheSameInDouble) {
  const auto ones = bernoulli(0.5f, {});
  const auto wide = sample_of<double, BernoulliSample>(0.5, {});
  EXPECT_TRUE(std::equal(ones.begin(), ones.end(), wide.begin(), wide.end()));
  const auto normals = normal(0, {});
  const auto wide_normals = sample_of<double, NormalSample>(0, {});
  EXPECT_TRUE(std::equal(normals.begin(), normals.end(), wide_normals.begin(), wide_normals.end()));
}

TEST(BernoulliSample, ProbabilitiesOfZeroAndOneAreCertain) {
  EXPECT_EQ(mean_of(bernoulli(0, {.rows = 2000})), 0);
  EXPECT_EQ(mean_of(bernoulli(1, {.rows = 2000})), 1);
}

TEST(Samples, OfNaNAreNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const Device device : {Device::cpu, Device::emulated}) {
    for (const auto sample : {bernoulli, normal}) {
      const auto y = sample(nan, {.device = device});
      EXPECT_TRUE(std::ranges::all_of(y, [](float x) { return std::isnan(x); }));
    }
  }
}

TEST(Samples, RefuseWhatDoesNotFit) {
  DeviceContext context = testing::cpu_context();
  NormalSample<float> op;
  op.stddev = -1;
  EXPECT_THROW(normal_sample(context.exec(), op), std::invalid_argument);
  BernoulliSample<float> other;
  other.y.cols = 3;
  EXPECT_THROW(bernoulli_sample(context.exec(), other), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna
