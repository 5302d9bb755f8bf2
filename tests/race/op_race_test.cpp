#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "kernels/op_case.hpp"

/// Every op on the emulated device, on shapes small enough for a thread per lane. A race is a
/// report of ThreadSanitizer, which fails the program.
namespace lacuna {
namespace {

constexpr std::int64_t most_elements = 2048;  // eight blocks of 256 threads, an element each

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

/// Grows, and keeps what it handed out before: queued kernels may still use it.
class TestScratch : public Scratch {
 public:
  explicit TestScratch(DeviceRuntime& runtime) : runtime_(runtime) {}
  ~TestScratch() override {
    for (void* memory : pieces_) runtime_.free(memory);
  }
  TestScratch(const TestScratch&) = delete;
  TestScratch& operator=(const TestScratch&) = delete;

  void* reserve(std::size_t bytes) override {
    pieces_.push_back(runtime_.allocate(std::max<std::size_t>(bytes, 1)));
    return pieces_.back();
  }

 private:
  DeviceRuntime& runtime_;
  std::vector<void*> pieces_;
};

class OpRace : public ::testing::TestWithParam<Sample> {};

TEST_P(OpRace, RunsForwardAndBackward) {
  const std::unique_ptr<DeviceRuntime> runtime = emulated::make_runtime();
  TestScratch scratch(*runtime);
  const ExecContext ctx{.device = Device::emulated, .runtime = runtime.get(), .scratch = &scratch};
  CaseInstance<float> instance = GetParam().op.make_float(GetParam().shape, 17, *runtime);
  EXPECT_NO_THROW(instance.run(ctx, true));
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
