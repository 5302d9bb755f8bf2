#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// A file that is no experiment, or an override that does not fit, and what the message must say.
struct Fault {
  const char* name;
  std::string text;
  const char* place;
  const char* says;

  friend void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }
};

std::string with(const std::string& line) {
  return "{\n  \"data\": {\"type\": \"synthetic\"},\n  \"model\": {\"type\": \"autorec\"},\n" +
         line + "\n}\n";
}

class BadConfig : public ProgramTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(BadConfig, EndsWith2AndNamesThePlace) {
  write_file(folder_ / "bad.json", GetParam().text);
  for (const char* command : {"validate", "train"}) {
    EXPECT_THAT(message_of(2, {command, "bad.json"}),
                AllOf(HasSubstr(GetParam().place), HasSubstr(GetParam().says)));
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "runs"));
}

INSTANTIATE_TEST_SUITE_P(
    Experiments, BadConfig,
    ::testing::Values(
        Fault{"UnknownKey", with(R"("train": {"epoch": 3})"), "bad.json:4:11", "'epochs'"},
        Fault{"UnknownTopKey", with(R"("modle": {})"), "bad.json:4:1", "'model'"},
        Fault{"DuplicateKey", with("\"seed\": 1,\n\"seed\": 2"), "bad.json:5:1", "seed"},
        Fault{"WrongType", with(R"("train": {"epochs": "many"})"), "bad.json:4:21", "an integer"},
        Fault{"Fraction", with(R"("train": {"epochs": 2.5})"), "bad.json:4:21", "an integer"},
        Fault{"OutOfRange", with(R"("train": {"epochs": -1})"), "bad.json:4:21", "from 0 to"},
        Fault{"UnknownType", with(R"("train": {"optimizer": {"type": "adma"}})"), "bad.json:4:33",
              "'adam'"},
        Fault{"RPropInMiniBatches",
              with(R"("train": {"batch_size": 10, "optimizer": {"type": "rprop"}})"),
              "bad.json:4:", "batch_size to 0"},
        Fault{"UnknownWord", with(R"("evaluate": {"cold": "globl_mean"})"), "bad.json:4:22",
              "'global_mean'"},
        Fault{"EmptyRange", with(R"("evaluate": {"clip": [5, 1]})"), "bad.json:4:13", "clip"},
        Fault{"MissingKey", R"({"data": {"type": "synthetic"}})", "bad.json:1:1", "model"},
        Fault{"VariantsArray", with(R"("variants": [])"), "bad.json:4:13", "an object"},
        Fault{"VariantNumber", with(R"("variants": {"a": 3})"), "bad.json:4:19", "an object"},
        Fault{"VariantKey", with(R"("variants": {"a": {"train.epoch": 3}})"), "bad.json:4:20",
              "'epochs'"},
        Fault{"VariantThroughNumber", with(R"("seed": 1, "variants": {"a": {"data.items.x": 3}})"),
              "bad.json:4:31", "items"},
        Fault{"Empty", "", "bad.json:1:1", "end of"},
        Fault{"NoObject", "3", "bad.json:1:1", "an object"},
        Fault{"Truncated", "{\n  \"data\": {\"type\": \"synth", "bad.json:2:", ""},
        Fault{"ByteOrderMark", "\xEF\xBB\xBF{}", "bad.json:1:1", "byte order mark"},
        Fault{"InvalidUtf8", with("\"description\": \"\xFF\xFE\""), "bad.json:4:", "UTF-8"},
        Fault{"HugeNumber", with(R"("seed": 1e999)"), "bad.json:4:9", "too large"},
        Fault{"NaN", with(R"("seed": NaN)"), "bad.json:4:", ""},
        Fault{"AMillionLevels", std::string(1'000'000, '['), "bad.json:1:65", "64 levels"}),
    [](const auto& test) { return std::string(test.param.name); });

class BadOverride : public ProgramTest {};

TEST_F(BadOverride, EndsWith2AndNamesTheAssignment) {
  for (const char* assignment :
       {"model.hiden_units=3", "model.hidden_units=0", "model.hidden_units=x", "seeds=[4,4]",
        "train.optimizer.learning_rate=0", "model.hidden_units.x=3", "=3", "noequals", "a..b=1"}) {
    EXPECT_THAT(message_of(2, {"train", "tiny.json", assignment}),
                ::testing::AnyOf(HasSubstr("command line: "), HasSubstr("seeds: ")))
        << assignment;
  }
}

TEST_F(BadOverride, AnL2ParameterTheModelLacksIsNamed) {
  EXPECT_THAT(
      message_of(2, {"train", "tiny.json", R"(train.l2.on=["decoder.wieght"])"}),
      AllOf(HasSubstr("train.l2.on"), HasSubstr("'decoder.wieght'"), HasSubstr("decoder.weight")));
}

TEST_F(BadOverride, AMissingExperimentIsNamed) {
  EXPECT_THAT(message_of(2, {"train", "none.json"}), HasSubstr("none.json"));
  EXPECT_THAT(message_of(2, {"train", "."}), HasSubstr("."));
}

}  // namespace
}  // namespace lacuna::experiments
