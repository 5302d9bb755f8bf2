#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/run/launch.hpp"
#include "experiments/tasks/rating_prediction/rating_task.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/allocation.hpp"
#include "tests/support/context.hpp"
#include "tests/support/temporary_folder.hpp"

/// No buffer may be larger than the gradients of all weights together, which lie in one piece, or
/// nnz entries of 8 bytes: with these sizes 2.2 MB, where one dense matrix of floats takes 2.4 GB.
namespace lacuna::experiments {
namespace {

constexpr std::int64_t users = 30'000;
constexpr std::int64_t items = 20'000;
constexpr std::int64_t ratings = 200'000;
constexpr std::int64_t units = 8;
constexpr std::size_t limit =
    std::size_t{8} * std::max(std::max(users, items) * (units + 1), ratings);

std::string experiment(const std::string& data) {
  return R"({ "data": )" + data + R"(,
    "model": { "type": "autorec", "hidden_units": )" +
         std::to_string(units) + R"( },
    "train": { "epochs": 2 },
    "evaluate": { "probe": { "draws": 5, "levels": 5 } } })";
}

std::string synthetic(const char* vectors) {
  return R"({ "type": "synthetic", "users": )" + std::to_string(users) + R"(, "items": )" +
         std::to_string(items) + R"(, "ratings": )" + std::to_string(ratings) +
         R"(, "vectors": ")" + vectors + "\" }";
}

class NeverDensified : public ::testing::Test {
 protected:
  Plan plan(const std::string& data) const {
    testing::write_file(folder_ / "large.json", experiment(data));
    return load_plan(folder_ / "large.json",
                     {"output.dir=" + (folder_ / "run").string(), "threads=2"});
  }

  /// The largest allocation of a whole launch, in bytes.
  std::size_t largest_of(const std::string& data) const {
    const Plan whole = plan(data);
    const testing::LargestAllocation largest;
    const LaunchReport report = train(whole, {.quiet = true, .command_line = {}});
    EXPECT_EQ(report.results.outcomes.size(), 1u);
    return largest.bytes();
  }

  testing::TemporaryFolder folder_;
};

TEST_F(NeverDensified, NoAllocationOfALaunchOnGeneratedRatings) {
  if (!testing::allocations_are_counted)
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  for (const char* vectors : {"user", "item"}) {
    const std::size_t largest = largest_of(synthetic(vectors));
    EXPECT_LE(largest, limit) << vectors << " vectors";
    EXPECT_GE(largest, sizeof(float) * 20'000 * units) << "the weights were not counted";
    std::filesystem::remove_all(folder_ / "run");
  }
}

TEST_F(NeverDensified, NoAllocationOfALaunchOnAFile) {
  if (!testing::allocations_are_counted)
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  std::string csv = "user,item,rating\n";
  for (std::int64_t i = 0; i < ratings; ++i) {
    csv += std::to_string(i % users) + "," + std::to_string(i * 7 % items) + "," +
           std::to_string(1 + i % 5) + "\n";
  }
  testing::write_file(folder_ / "ratings.csv", csv);
  EXPECT_LE(largest_of(R"({ "type": "csv", "duplicates": "last", "path": ")" +
                       (folder_ / "ratings.csv").string() + "\" }"),
            limit);
}

TEST_F(NeverDensified, NoBufferOfTheDevice) {
  const Experiment whole = plan(synthetic("user")).variants.at(0).experiment;
  DeviceContext context = testing::cpu_context();
  const RatingTask task(context, data::load(family_of<data::RatingsSource>(whole.data).value()));
  const auto model = models::make_model(context, whole.model, task.model_facts(), 0);
  Trainer(context, *model, whole.train, task.train(),
          task.validate(context, *model, whole.evaluate), 0)
      .run({});
  task.test(context, *model, whole.evaluate);
  EXPECT_LE(context.pool().statistics().largest_buffer, limit);
  EXPECT_GE(context.pool().statistics().largest_buffer, sizeof(float) * users * units);
}

TEST(LargestAllocation, SeesADenseMatrix) {
  constexpr std::size_t rows = 3000, columns = 2000;
  DeviceContext context = testing::cpu_context();
  const testing::LargestAllocation largest;
  const Tensor dense = Tensor::zeros(context.pool(), DType::f32, {rows, columns});
  EXPECT_EQ(context.pool().statistics().largest_buffer, rows * columns * sizeof(float));
  if (!testing::allocations_are_counted)
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  EXPECT_GE(largest.bytes(), rows * columns * sizeof(float));
}

TEST(LargestAllocation, SeesEveryFormOfNew) {
  if (!testing::allocations_are_counted)
    GTEST_SKIP() << "AddressSanitizer has its own operator new";
  struct alignas(64) Line {
    char bytes[64];
  };
  const testing::LargestAllocation largest;
  const std::vector<char> single(5000);
  EXPECT_EQ(largest.bytes(), 5000u);
  const auto array = std::make_unique<char[]>(6000);
  EXPECT_EQ(largest.bytes(), 6000u);
  const std::vector<Line> aligned(100);
  EXPECT_EQ(largest.bytes(), 6400u);
  const std::unique_ptr<char[]> quiet(new (std::nothrow) char[7000]);
  EXPECT_EQ(largest.bytes(), 7000u);
}

}  // namespace
}  // namespace lacuna::experiments
