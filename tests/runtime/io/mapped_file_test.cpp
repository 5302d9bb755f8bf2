#include "runtime/io/mapped_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using testing::message_of;

struct MappedFileTest : ::testing::Test {
  testing::TemporaryFolder folder_;
};

TEST_F(MappedFileTest, ShowsTheBytesAlsoAfterTheirRelease) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i);
  testing::write_file(folder_ / "a", text);
  const MappedFile file(folder_ / "a");
  EXPECT_EQ(file.bytes(), text);
  for (const std::size_t begin : {std::size_t{0}, std::size_t{1}, std::size_t{4096}, text.size()}) {
    file.release(file.bytes().substr(begin, 30000));
    EXPECT_EQ(file.bytes(), text);
  }
  file.release(file.bytes());
  EXPECT_EQ(file.bytes(), text);
}

TEST_F(MappedFileTest, CanBeEmptyAndMoved) {
  testing::write_file(folder_ / "empty", "");
  const MappedFile empty(folder_ / "empty");
  EXPECT_TRUE(empty.bytes().empty());
  empty.release(empty.bytes());

  testing::write_file(folder_ / "a", "abc");
  MappedFile first(folder_ / "a");
  const MappedFile second(std::move(first));
  EXPECT_EQ(second.bytes(), "abc");
}

TEST_F(MappedFileTest, WhatIsNoFileIsAnError) {
  EXPECT_THAT(message_of<IoError>([&] { MappedFile{folder_ / "none"}; }),
              ::testing::HasSubstr("No such file"));
  EXPECT_THAT(message_of<IoError>([&] { MappedFile{folder_.path()}; }),
              ::testing::HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace lacuna::io
