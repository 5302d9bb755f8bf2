#include "runtime/io/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class Folder : public ::testing::Test {
 protected:
  fs::path make(const std::string& name) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << "x";
    return folder_ / name;
  }
  lacuna::testing::TemporaryFolder folder_;
};

TEST_F(Folder, EntriesAreSorted) {
  make("many/b");
  make("many/.hidden");
  make("many/a/inside");
  const fs::path many = folder_ / "many";
  EXPECT_THAT(entries(many), ElementsAre(many / ".hidden", many / "a", many / "b"));
}

TEST_F(Folder, WhatIsNoFolderIsNamed) {
  EXPECT_THAT([&] { entries(folder_ / "none"); },
              ThrowsMessage<IoError>(HasSubstr("none: No such file or directory")));
  EXPECT_THAT([&] { entries(make("file")); }, ThrowsMessage<IoError>(HasSubstr("file")));
}

TEST_F(Folder, RemovedWithAllInItButNotWhatLinksLeadTo) {
  const fs::path kept = make("kept/file");
  make("gone/deep/file");
  fs::create_directory_symlink(folder_ / "kept", folder_ / "gone/deep/link");
  remove_folder(folder_ / "gone");
  EXPECT_FALSE(fs::exists(folder_ / "gone"));
  EXPECT_TRUE(fs::exists(kept));
  EXPECT_NO_THROW(remove_folder(folder_ / "gone"));
}

}  // namespace
}  // namespace lacuna::io
