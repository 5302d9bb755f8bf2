#include "runtime/io/atomic_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>

#include "runtime/error.hpp"
#include "tests/runtime/io/file_limit.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::read_file;
using testing::TemporaryFolder;

TEST(AtomicFile, CreatesAndReplaces) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "a", "first, and longer");
  write_file_atomically(folder / "a", "second");
  EXPECT_EQ(read_file(folder / "a"), "second");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(AtomicFile, WritesPartsInOrder) {
  const TemporaryFolder folder;
  const std::string one = "one";
  const std::string two(100'000, '2');
  const std::array parts = {std::as_bytes(std::span(one)), std::span<const std::byte>(),
                            std::as_bytes(std::span(two))};
  write_file_atomically(folder / "a", parts);
  EXPECT_EQ(read_file(folder / "a"), one + two);
}

TEST(AtomicFile, FollowsTheUmask) {
  const TemporaryFolder folder;
  const mode_t old_mask = ::umask(027);
  write_file_atomically(folder / "a", "x");
  ::umask(old_mask);
  struct stat status {};
  ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST(AtomicFile, FullDiskKeepsTheOldFileAndLeavesNothing) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "a", "old");
  const std::string bytes(10'000, 'x');
  const std::string message = message_of<IoError>([&] {
    const testing::FileLimit limit(4096);
    write_file_atomically(folder / "a", bytes);
  });
  EXPECT_THAT(message, AllOf(HasSubstr((folder / "a").string()), HasSubstr("10000 bytes"),
                             HasSubstr("after 4096"), HasSubstr("File too large")));
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(AtomicFile, MissingFolderIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<IoError>([&] { write_file_atomically(folder / "none" / "a", "x"); }),
              AllOf(HasSubstr("none/a"), HasSubstr("No such file or directory")));
}

TEST(AtomicFile, NeverReplacesAFolderOrADevice) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "d");
  EXPECT_THROW(write_file_atomically(folder / "d", "x"), IoError);
  EXPECT_THROW(write_file_atomically("/dev/null", "x"), IoError);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace lacuna::io
