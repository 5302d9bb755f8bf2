#include <gtest/gtest.h>

#include "kernels/core/elementary.hpp"
#include "tests/models/enumerated_network.hpp"

/// Theorems 1 to 4 of *Why Not to Use Zero Imputation?* (the same numbers in *Sparsity
/// Normalization*, v1), exactly: expected outputs by enumeration, within rounding. Theorem 3 is
/// tested as the later paper has it, and where either paper's wording asks too little.
namespace lacuna {
namespace {

using testing::ByCount;
using testing::EnumeratedNetwork;
using testing::expected;
using testing::Path;
using testing::under_bernoulli;

constexpr double rounding = 1e-11;  // of sums of 50,000 numbers
constexpr double k = 1.5;           // K_1 = 1 / 2

double identity(double z) {
  return z;
}
double affine(double z) {
  return 2 * z - 0.3;
}
double relu(double z) {
  return Relu::value(z);
}
double leaky_relu(double z) {
  return z < 0 ? z / 8 : z;
}
double softplus(double z) {
  return elementary::softplus(z);
}
double mirrored_relu(double z) {
  return relu(-z);
}
double mirrored_softplus(double z) {
  return softplus(-z);
}

EnumeratedNetwork network(double (*activation)(double)) {
  return {.x = {-0.5, 2},
          .first = {.weight = {-0.25, 1}, .bias = {-0.5, 1}},
          .second = {.weight = {-0.5, 0.75}, .bias = {-1, 0.5}},
          .activation = activation};
}

class Theorems : public ::testing::TestWithParam<Path> {};

TEST_P(Theorems, OneIdentityTheOutputIsProportionalToTheShareObserved) {
  EnumeratedNetwork net = network(identity);
  net.first.bias = net.second.bias = {};
  const ByCount found = expected(net, {}, GetParam());
  const double all = 3 * net.first.weight.mean() * 2 * net.second.weight.mean() * net.x.mean();
  ASSERT_GT(all, 0.2);
  for (const double mu_m : {0.1, 0.4, 0.9}) {
    EXPECT_NEAR(under_bernoulli(found.output, mu_m), all * mu_m, rounding) << mu_m;
  }
}

TEST_P(Theorems, TwoAffineTheOutputIsTheComposedFunctionOfTheShareObserved) {
  const EnumeratedNetwork net = network(affine);
  const ByCount found = expected(net, {}, GetParam());
  for (const double mu_m : {0.1, 0.4, 0.9}) {
    EXPECT_NEAR(under_bernoulli(found.output, mu_m), net.f2(net.f1(net.x.mean() * mu_m)), rounding);
  }
}

/// Algorithm 1: by the row's own count the expectation is the same for each count, not only in the
/// mean over masks; a row without observations has nothing to be scaled.
TEST_P(Theorems, FourScaledByTheCountTheOutputIsTheSameForEachCount) {
  const EnumeratedNetwork net = network(affine);
  const ByCount found = expected(net, {.k = k}, GetParam());
  for (std::size_t c = 1; c <= 3; ++c) {
    EXPECT_NEAR(found.output[c], net.f2(net.f1(net.x.mean() * k / 3)), rounding) << c;
  }
  EXPECT_NEAR(found.output[0], net.f2(net.f1(0)), rounding);
}

INSTANTIATE_TEST_SUITE_P(Paths, Theorems, ::testing::Values(Path::dense, Path::sparse),
                         [](const auto& path) {
                           return path.param == Path::dense ? "Dense" : "Sparse";
                         });

/// As printed, by the known share: K_1 / mu_m for all rows.
TEST(TheoremFour, ScaledByTheKnownShareTheOutputStays) {
  const EnumeratedNetwork net = network(affine);
  for (const double mu_m : {0.1, 0.4, 0.9}) {
    const ByCount found = expected(net, {0.5 / mu_m, CountBy::constant}, Path::sparse);
    EXPECT_NEAR(under_bernoulli(found.output, mu_m), net.f2(net.f1(net.x.mean() / 2)), rounding);
  }
}

/// Non-decreasing and convex, mean weights not negative.
TEST(TheoremThree, BoundsTheOutputFromBelow) {
  for (const auto activation : {relu, leaky_relu, softplus}) {
    const EnumeratedNetwork net = network(activation);
    const ByCount found = expected(net);
    for (const double mu_m : {0.1, 0.4, 0.9}) {
      const double mean = under_bernoulli(found.output, mu_m);
      EXPECT_GT(mean, net.f2(net.f1(net.x.mean() * mu_m)) + 1e-3) << mu_m;
    }
  }
}

/// z_1 has mean 0 whatever is hidden, h_2 = 6 - 2 h_1 or its like.
EnumeratedNetwork against_the_wording(double (*activation)(double), double weight, double bias) {
  return {.x = {-1, 1},
          .first = {.weight = {1, 1}, .bias = {0, 0}},
          .second = {.weight = {weight, weight}, .bias = {bias, bias}},
          .activation = activation};
}

/// v1 asks for convex only: its induction fails with the first layer whose activation falls.
TEST(TheoremThree, NeedsMoreThanConvexity) {
  for (const auto activation : {mirrored_relu, mirrored_softplus}) {
    const EnumeratedNetwork net = against_the_wording(activation, 1, -6);
    const ByCount found = expected(net);
    for (const double mu_m : {0.1, 0.4, 0.9}) {
      EXPECT_GT(under_bernoulli(found.hidden, mu_m), net.f1(0)) << "one layer is Jensen's";
      EXPECT_LT(under_bernoulli(found.output, mu_m), net.f2(net.f1(0)) - 1e-3) << mu_m;
    }
  }
}

/// The later paper asks for non-decreasing as well; f_2 falls all the same where mu_w^2 < 0, which
/// Assumption 1 allows.
TEST(TheoremThree, NeedsMeanWeightsThatAreNotNegativeToo) {
  for (const auto activation : {relu, softplus}) {
    const EnumeratedNetwork net = against_the_wording(activation, -1, 6);
    const ByCount found = expected(net);
    for (const double mu_m : {0.1, 0.4, 0.9}) {
      EXPECT_GT(under_bernoulli(found.hidden, mu_m), net.f1(0)) << "one layer is Jensen's";
      EXPECT_LT(under_bernoulli(found.output, mu_m), net.f2(net.f1(0)) - 1e-3) << mu_m;
    }
  }
}

}  // namespace
}  // namespace lacuna
