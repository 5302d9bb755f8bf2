#include "experiments/cli/device_info.hpp"

#include <gmock/gmock.h>

#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const DeviceReport found{.toolkit = "13.0",
                         .driver = "13.1",
                         .devices = {{.name = "Device 9",
                                      .memory_bytes = std::int64_t{3} << 29,
                                      .multiprocessors = 132,
                                      .compute_capability = "9.0"}},
                         .problem = ""};
const DeviceReport absent{.toolkit = "13.0", .driver = "", .devices = {}, .problem = "no driver"};

TEST(DeviceInfo, NamesWhatWasFound) {
  EXPECT_EQ(text(found),
            "available; built with CUDA 13.0; the driver knows CUDA 13.1\n"
            "  Device 9, 1.5 GiB, 132 multiprocessors, compute capability 9.0\n");
  const Json json = to_json(found);
  EXPECT_EQ(json.at("status").as_string(), "available");
  const Json& device = json.at("devices").as_array().at(0);
  EXPECT_EQ(device.at("name").as_string(), "Device 9");
  EXPECT_EQ(device.at("memory_bytes").as_int64(), 1610612736);
  EXPECT_EQ(device.at("multiprocessors").as_int64(), 132);
  EXPECT_EQ(device.at("compute_capability").as_string(), "9.0");
}

TEST(DeviceInfo, SaysWhyNoneIsUsed) {
  EXPECT_EQ(text(absent), "not available: no driver; built with CUDA 13.0\n");
  const Json json = to_json(absent);
  EXPECT_THAT(json.at("status").as_string(), HasSubstr("no driver"));
  EXPECT_EQ(json.at("toolkit").as_string(), "13.0");
  EXPECT_TRUE(json.at("driver").is_null());
  EXPECT_THAT(json.at("devices").as_array(), IsEmpty());
}

class Info : public ProgramTest {};

TEST_F(Info, ShowsEveryKindOfDevice) {
  const std::string out = output_of({"info"});
  for (const auto* line : {"device cpu      available\n", "device cuda     ", "device emulated "}) {
    EXPECT_THAT(out, HasSubstr(line));
  }
  const Json devices = config::parse_json(output_of({"info", "--json"}), "info").at("devices");
  EXPECT_EQ(devices.at("cpu").at("status").as_string(), "available");
  EXPECT_THAT(devices.at("cuda").at("status").as_string(),
              ::testing::AnyOf("available", StartsWith("not available: ")));
  EXPECT_NE(devices.find("emulated"), nullptr);
}

}  // namespace
}  // namespace lacuna::experiments
