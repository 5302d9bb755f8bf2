#include "runtime/config/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/runtime/config/config_error.hpp"

namespace lacuna::config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string error_of(std::string_view text) {
  return config_error([&] { parse_json(text, "f.json"); });
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  const Json json = parse_json(R"({"n": null, "t": true, "i": -5, "d": 2.5, "s": "\u00e9\n",
                                   "a": [1, [], {}]})",
                               "f.json");
  EXPECT_TRUE(json.at("n").is_null());
  EXPECT_TRUE(json.at("t").as_bool());
  EXPECT_EQ(json.at("i").as_int64(), -5);
  EXPECT_EQ(json.at("d").as_double(), 2.5);
  EXPECT_EQ(json.at("s").as_string(), "\xC3\xA9\n");
  EXPECT_EQ(json.at("a"), Json::array({1, Json::array(), Json::object()}));
}

TEST(JsonReader, EveryValueAndKeyKnowsItsPlace) {
  const Json json = parse_json(
      "{\n"
      "  \"number\": 12\n"
      "  , \"list\": [1\n"
      "    , 2.5,\n"
      "    true],\n"
      "  \"\xC3\xA9\": \"x\", \"nested\": {\"a\":\n"
      "null}}\n",
      "f.json");
  const auto& members = json.as_object();
  const auto place = [](const Place& p) { return to_string(p); };
  EXPECT_EQ(place(json.place()), "f.json:1:1");
  EXPECT_EQ(place(members[0].key_place), "f.json:2:3");
  EXPECT_EQ(place(members[0].value.place()), "f.json:2:13");
  EXPECT_EQ(place(members[1].key_place), "f.json:3:5");
  EXPECT_EQ(place(members[1].value.place()), "f.json:3:13");
  EXPECT_EQ(place(members[1].value.as_array()[0].place()), "f.json:3:14");
  EXPECT_EQ(place(members[1].value.as_array()[1].place()), "f.json:4:7");
  EXPECT_EQ(place(members[1].value.as_array()[2].place()), "f.json:5:5");
  EXPECT_EQ(place(members[2].value.place()), "f.json:6:8");
  EXPECT_EQ(place(members[3].key_place), "f.json:6:13");
  EXPECT_EQ(place(members[3].value.at("a").place()), "f.json:7:1");
}

TEST(JsonReader, DuplicateKeysAreErrorsThatNameBothLines) {
  EXPECT_EQ(error_of("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}"),
            "f.json:3:2: duplicate key \"a\"; it is given first in line 1");
  EXPECT_THAT(error_of(R"({"x": [{"k": 1, "\u006b": 2}]})"), HasSubstr("duplicate key \"k\""));
}

TEST(JsonReader, SyntaxErrorsNameThePlaceEvenAfterANumber) {
  EXPECT_THAT(error_of("{\n\"a\": 12\n\"b\": 1}"), StartsWith("f.json:3:3: syntax error"));
  EXPECT_THAT(error_of("{\n\"a\": 12x\n}"), StartsWith("f.json:2:8: syntax error"));
  EXPECT_THAT(error_of("{\"a\": tru}"),
              AllOf(StartsWith("f.json:1:"), HasSubstr("invalid literal")));
  EXPECT_THAT(error_of("{\"a\": 1,}"), StartsWith("f.json:1:9: syntax error"));
}

TEST(JsonReader, HostileDocumentsAreConfigErrors) {
  const std::string levels(1'000'000, '[');
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(error_of(levels), "f.json:1:65: nested more than 64 levels deep");
  EXPECT_THAT(error_of(objects), HasSubstr("nested more than 64 levels deep"));
  EXPECT_EQ(error_of("[1e999]"), "f.json:1:2: the number is too large for a double");
  EXPECT_THAT(error_of("[-1e999]"), HasSubstr("too large"));
  EXPECT_THAT(error_of("[" + std::string(1'000'000, '9') + "]"), HasSubstr("too large"));
  EXPECT_EQ(error_of("[\n18446744073709551616]"),
            "f.json:2:1: the integer \"18446744073709551616\" does not fit in 64 bits");
  EXPECT_THAT(error_of("[-9223372036854775809]"), HasSubstr("does not fit in 64 bits"));
  EXPECT_THAT(error_of("\xEF\xBB\xBF{}"), StartsWith("f.json:1:1: starts with a byte order mark"));
  EXPECT_THAT(error_of(std::string("{}\0{}", 5)), StartsWith("f.json:1:3: a NUL byte"));
}

TEST(JsonReader, MalformedTextIsAConfigErrorWithAPlace) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[",
                           "\"",
                           "\"\\",
                           "{\"a\"",
                           "{\"a\":",
                           "[1",
                           "[1,",
                           "{}{}",
                           "{} x",
                           "1 2",
                           "[1] // comment",
                           "/* c */ 1",
                           "[01]",
                           "[+1]",
                           "[.5]",
                           "[1.]",
                           "[1e]",
                           "[NaN]",
                           "[Infinity]",
                           "{a: 1}",
                           "{'a': 1}",
                           "{1: 2}",
                           "[1 2]",
                           "{\"a\" 1}",
                           "[\"\xFF\"]",
                           "[\"\xC0\xAF\"]",
                           "[\"\xED\xA0\x80\"]",
                           "[\"\\ud800\"]",
                           "[\"\\u12\"]",
                           "[\"\\x\"]",
                           "[\"\n\"]",
                           "\xFF\xFE{}"}) {
    EXPECT_THAT(error_of(text), StartsWith("f.json:1:")) << text;
  }
}

TEST(JsonReader, EveryTruncationOfADocumentIsAConfigError) {
  const std::string text = R"({"a": [1, -2.5e3, "x\u00e9"], "b": {"c": null, "d": true}})";
  ASSERT_EQ(error_of(text), "");
  for (std::size_t n = 0; n < text.size(); ++n) {
    EXPECT_THAT(error_of(text.substr(0, n)), StartsWith("f.json:1:")) << text.substr(0, n);
  }
}

TEST(JsonReader, ErrorMessagesStayShortForLongInput) {
  EXPECT_LT(error_of("\"" + std::string(1'000'000, 'x')).size(), 200U);
  const std::string key = "\"" + std::string(1'000'000, 'k') + "\": 1";
  EXPECT_LT(error_of("{" + key + "," + key + "}").size(), 200U);
}

TEST(JsonReader, FloodsOfValuesAreRejectedWhileReading) {
  std::string text = "[0";
  for (int i = 0; i < 1'000'000; ++i) text += ",0";
  EXPECT_EQ(error_of(text + "]"),
            "f.json:1:2000000: more than 1000000 values; not a configuration");
}

TEST(JsonReader, SixtyFourLevelsAreAccepted) {
  const std::string text = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(error_of(text), "");
  EXPECT_THAT(error_of("[" + text + "]"), HasSubstr("64 levels"));
}

class JsonFile : public ::testing::Test {
 protected:
  JsonFile() {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  ~JsonFile() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path write(std::string_view text) const {
    std::ofstream(folder_ / "f.json", std::ios::binary) << text;
    return folder_ / "f.json";
  }
  std::filesystem::path folder_;
};

TEST_F(JsonFile, IsReadWithItsPathAsThePlace) {
  const auto path = write("{\"a\": 1}\n");
  EXPECT_EQ(read_json(path).at("a").as_int64(), 1);
  EXPECT_EQ(to_string(read_json(path).place()), path.string() + ":1:1");
}

TEST_F(JsonFile, MissingFilesFoldersAndHugeFilesAreConfigErrors) {
  const auto missing = folder_ / "absent.json";
  EXPECT_EQ(config_error([&] { read_json(missing); }),
            missing.string() + ": cannot be read: No such file or directory");
  EXPECT_EQ(config_error([&] { read_json(folder_); }),
            folder_.string() + ": cannot be read: it is a directory");
  const auto huge = write("[]" + std::string(std::size_t{16} << 20U, ' '));
  EXPECT_THAT(config_error([&] { read_json(huge); }), HasSubstr("larger than 16 MiB"));
}

}  // namespace
}  // namespace lacuna::config
