#include <ctime>

#include "experiments/plan.hpp"
#include "tests/experiments/program_test.hpp"
#include "tests/runtime/config/config_error.hpp"
#include "tests/support/sanitizers.hpp"

/// Row 16 of the list of faults that are survived: experiments made to break or to stall their
/// reader. The messages are in tests/runtime/config/json_reader_test.cpp.
namespace lacuna::experiments {
namespace {

using ::testing::ContainsRegex;

std::string repeated(int times, const std::string& text) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string list_of(int elements, const std::string& value) {
  return "[" + repeated(elements - 1, value + ",") + value + "]";
}

/// Members "0": value, "1": value, ...
std::string members(int count, const std::string& value) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + value;
  }
  return all;
}

std::string with(const std::string& line) {
  return R"({"data":{"type":"synthetic"},"model":{"type":"autorec"},)" + line + "}";
}

std::string with_layers(const std::string& layers) {
  return R"({"data":{"type":"synthetic_table"},"evaluate":{"type":"regression"},)"
         R"("model":{"type":"mlp","layers":)" +
         layers + "}}";
}

class Row16HostileJson : public ::testing::Test {
 protected:
  /// Exit code 2 with the line and the column, within a second.
  void expect_refused(const std::string& what, const std::string& text) const {
    write_file(folder_ / "hostile.json", text);
    const std::clock_t start = std::clock();  // whatever else the machine does
    const std::string message =
        config::config_error([&] { load_plan(folder_ / "hostile.json", {"device=cpu"}); });
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_THAT(message, ContainsRegex("^[^:]*/hostile.json:[0-9]+:[0-9]+: ")) << what;
    EXPECT_LT(message.size(), 1000U) << what;
    EXPECT_LT(seconds, testing::sanitized ? 10 : 1) << what;
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Row16HostileJson, IsRefusedInTime) {
  constexpr int million = 1'000'000;
  expect_refused("nested arrays", std::string(million, '['));
  expect_refused("nested objects", repeated(million / 10, R"({"a":)"));
  expect_refused("a digit a million times", "{\"seed\": " + std::string(million, '9') + "}");
  expect_refused("a large exponent", with(R"("seed":1e999)"));
  expect_refused("a huge integer", with(R"("seed":18446744073709551616)"));
  expect_refused("a long string without an end", "\"" + std::string(million, 'x'));
  expect_refused("a long key", "{\"" + std::string(million, 'x') + "\":1}");
  expect_refused("a flood of values", list_of(million + 1, "0"));
  expect_refused("a flood of keys", "{" + members(million / 20, "0") + "}");
  expect_refused("one key again and again",
                 "{" + repeated(million / 20, R"("a":0,)") + R"("a":0})");
  expect_refused("variants", with(R"("variants":{)" + members(million / 20, "{}") + "}"));
  expect_refused("a grid", with(R"("sweep":{"grid":{)" + members(100, list_of(1000, "0")) + "}}"));
  expect_refused("sets of changes",
                 with(R"("sweep":{"list":)" + list_of(million / 20, "{}") + "}"));
  expect_refused("seeds", with(R"("seeds":)" + list_of(million / 20, "7")));
  expect_refused("layers", with_layers(list_of(million / 20, R"({"units":0})")));
  expect_refused("nested layers", with_layers(std::string(million, '[')));
  expect_refused("a wide layer", with_layers(R"([{"units":1000001}])"));
  expect_refused("a byte order mark", "\xEF\xBB\xBF{}");
  expect_refused("a NUL byte", with(std::string("\"seed\":\0 1", 10)));
}

TEST_F(Row16HostileJson, EveryTruncationOfAnExperiment) {
  for (const std::string name : {"quickstart.json", "tables/diabetes.json"}) {
    const std::string text = read_file(testing::source_folder() / "experiments" / name);
    for (std::size_t length = 0; length < text.rfind('}'); ++length) {
      expect_refused(name + " cut to " + std::to_string(length), text.substr(0, length));
    }
  }
}

TEST_F(Row16HostileJson, EveryByteThatIsNoUtf8) {
  for (int byte = 0x80; byte <= 0xFF; ++byte) {
    expect_refused("byte " + std::to_string(byte),
                   with("\"description\":\"" + std::string(1, static_cast<char>(byte)) + "\""));
  }
}

}  // namespace
}  // namespace lacuna::experiments
