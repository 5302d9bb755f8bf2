#include "runtime/data/tar_file.hpp"

#include "tests/runtime/data/data_fixture.hpp"
#include "tests/runtime/data/tar_bytes.hpp"

namespace lacuna::data {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::tar_file;

const std::string end(1024, '\0');

std::string fault(std::string bytes) {
  const FileBytes archive{.path = "x.tar", .bytes = std::move(bytes), .checksum = {}};
  return message_of<DataError>([&] { tar_members(archive); });
}

TEST(TarFile, FilesHaveTheirNamesAndBytes) {
  const std::string long_text(700, 'x');
  const FileBytes archive{.path = "x.tar",
                          .bytes = tar_file("folder/", "", '5') + tar_file("folder/a", "text") +
                                   tar_file("folder/b", long_text) + tar_file("empty", "") + end,
                          .checksum = {}};
  const std::vector<TarMember> members = tar_members(archive);
  ASSERT_EQ(members.size(), 3U);
  EXPECT_EQ(members[0].name, "folder/a");
  EXPECT_EQ(members[0].bytes, "text");
  EXPECT_EQ(members[1].bytes, long_text);
  EXPECT_EQ(members[2].bytes, "");
}

TEST(TarFile, DamageIsSaidWithTheByte) {
  const std::string file = tar_file("a", "text");
  EXPECT_THAT(fault(file + file.substr(0, 100)),
              AllOf(HasSubstr("x.tar: byte 1024 "), HasSubstr("ends early")));
  EXPECT_THAT(fault(tar_file("a", std::string(600, 'x')).substr(0, 900)),
              HasSubstr("this file ends early"));
  std::string damaged = file;
  damaged[3] = 'x';
  EXPECT_THAT(fault(damaged), HasSubstr("damaged"));
  EXPECT_THAT(fault(std::string(512, 'x')), HasSubstr("no header of a tar archive"));
}

}  // namespace
}  // namespace lacuna::data
