#include "runtime/io/line_writer.hpp"

#include <gmock/gmock.h>

#include "runtime/error.hpp"
#include "tests/runtime/io/file_limit.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::HasSubstr;
using testing::message_of;
using testing::read_file;
using testing::TemporaryFolder;

TEST(LineWriter, AppendsAndIsVisibleAtOnce) {
  const TemporaryFolder folder;
  LineWriter writer(folder / "log");
  writer.write(R"({"epoch": 1})");
  EXPECT_EQ(read_file(folder / "log"), "{\"epoch\": 1}\n");
  LineWriter(folder / "log").write(R"({"epoch": 2})");
  EXPECT_EQ(read_file(folder / "log"), "{\"epoch\": 1}\n{\"epoch\": 2}\n");
}

TEST(LineWriter, TakesBackALineThatDoesNotFit) {
  const TemporaryFolder folder;
  LineWriter writer(folder / "log");
  writer.write("whole");
  const std::string message = message_of<IoError>([&] {
    const testing::FileLimit limit(10);
    writer.write("too long a line");
  });
  EXPECT_THAT(message, HasSubstr((folder / "log").string()));
  EXPECT_EQ(read_file(folder / "log"), "whole\n");
}

TEST(LineWriter, FullDeviceIsAnError) {
  LineWriter writer("/dev/full");
  EXPECT_THAT(message_of<IoError>([&] { writer.write("x"); }), HasSubstr("No space left"));
}

TEST(LineWriter, CannotOpen) {
  EXPECT_THROW(LineWriter("/proc/none/log"), IoError);
}

}  // namespace
}  // namespace lacuna::io
