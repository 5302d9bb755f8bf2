#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "kernels/op_case.hpp"
#include "tests/support/exact_scratch.hpp"

/// Every op on the emulated device, on shapes small enough for a thread per lane.
namespace lacuna {
namespace {

constexpr std::int64_t most_elements = 1024;

/// What ThreadSanitizer has reported.
std::atomic<int>& reports() {
  static constinit std::atomic<int> count{0};
  return count;
}

struct Sample {
  OpCase op;
  CaseShape shape;
};

std::vector<Sample> samples() {
  std::vector<Sample> small;
  for (const OpCase& op : op_cases()) {
    for (const CaseShape& s : op.test_shapes) {
      const std::int64_t width = std::max({s.cols, s.units, std::int64_t{1}});
      if (s.rows * width <= most_elements && s.cols * s.units <= most_elements) {
        small.push_back({op, s});
      }
    }
  }
  return small;
}

void PrintTo(const Sample& sample, std::ostream* out) {
  *out << sample.op.name << " " << to_string(sample.shape);
}

class OpRace : public ::testing::TestWithParam<Sample> {};

TEST_P(OpRace, RunsForwardAndBackward) {
  const std::unique_ptr<DeviceRuntime> runtime = emulated::make_runtime();
  testing::ExactScratch scratch(*runtime);
  const ExecContext ctx{.device = Device::emulated, .runtime = runtime.get(), .scratch = &scratch};
  CaseInstance<float> instance = GetParam().op.make_float(GetParam().shape, 17, *runtime);
  const int before = reports();
  EXPECT_NO_THROW(instance.run(ctx, true));
  EXPECT_EQ(reports() - before, 0) << "races, which ThreadSanitizer describes above";
}

INSTANTIATE_TEST_SUITE_P(Cases, OpRace, ::testing::ValuesIn(samples()),
                         [](const ::testing::TestParamInfo<Sample>& info) {
                           return std::string(info.param.op.name) + "_" +
                                  std::to_string(info.index);
                         });

TEST(OpRaces, EveryOpHasASmallShape) {
  const std::vector<Sample> all = samples();
  for (const OpCase& op : op_cases()) {
    EXPECT_TRUE(std::ranges::any_of(all, [&](const Sample& s) { return s.op.name == op.name; }))
        << op.name;
  }
}

}  // namespace
}  // namespace lacuna

/// ThreadSanitizer calls this, from wherever it is: nothing here may be watched.
extern "C" void __tsan_on_report(const void* report);
extern "C" __attribute__((no_sanitize("thread"))) void __tsan_on_report(const void*) {
  ++lacuna::reports();
}
