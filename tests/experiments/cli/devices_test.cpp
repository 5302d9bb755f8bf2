#include "runtime/device_context.hpp"
#include "tests/experiments/program_test.hpp"
#include "tests/support/context.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;

class Devices : public ProgramTest {
 protected:
  /// The test error of a training; both vectors of the data, in batches where there are many rows.
  double rmse(const std::string& device, const std::vector<std::string>& changes) const {
    std::vector<std::string> arguments{"train", "tiny.json", "--device", device, "--json", "-q"};
    arguments.insert(arguments.end(), changes.begin(), changes.end());
    const Json printed = config::parse_json(output_of(arguments), "output");
    return printed.at("runs").as_array().at(0).at("test").at("rmse").as_double();
  }
};

TEST_F(Devices, ATrainingReachesTheErrorOfTheCpu) {
  for (const Device device : testing::accelerators) {
    if (device_status(device) != "available") continue;
    const std::string name(device_name(device));
    for (const char* change : {"train.batch_size=0", "train.batch_size=17"}) {
      const double cpu = rmse("cpu", {change, "output.dir=cpu-" + name + change});
      const double there = rmse(name, {change, "output.dir=there-" + name + change});
      EXPECT_NEAR(there, cpu, 1e-3 * cpu) << name << " " << change;
      const Json environment =
          config::read_json(folder_ / ("there-" + name + change) / "seed-0/environment.json");
      EXPECT_EQ(environment.at("device").as_string(), name);
    }
  }
}

TEST_F(Devices, ARunTrainedOnOneIsEvaluatedOnAnother) {
  const double trained = rmse("emulated", {"output.dir=run"});
  const Json printed =
      config::parse_json(output_of({"evaluate", "run", "--device", "cpu", "--json"}), "output");
  EXPECT_NEAR(printed.at("runs").as_array().at(0).at("test").at("rmse").as_double(), trained,
              1e-5 * trained);
}

TEST_F(Devices, AMissingGpuIsAnErrorThatSaysWhatWasFound) {
  if (device_status(Device::cuda) == "available") GTEST_SKIP() << "there is a GPU";
  const std::string message = message_of(2, {"train", "tiny.json", "--device", "cuda"});
  EXPECT_THAT(message, HasSubstr(device_report(Device::cuda).problem));
  EXPECT_THAT(message, HasSubstr("'cpu'"));
}

}  // namespace
}  // namespace lacuna::experiments
