#include "tests/build/dependencies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/build/build_tree.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::build {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::ResultOf;

TEST(Dependencies, AreReadFromWhatNinjaPrints) {
  EXPECT_THAT(dependencies("a.o: #deps 2, deps mtime 17 (VALID)\n    x.cu\n    /usr/include/y.h\n\n"
                           "b.o: #deps 1, deps mtime 17 (VALID)\n    z.cu\n"),
              ElementsAre("x.cu", "/usr/include/y.h", "z.cu"));
}

TEST(Dependencies, AreFoundWithinAFolderThroughLinks) {
  const testing::TemporaryFolder scratch;
  fs::create_directories(scratch / "toolkit/include");
  fs::create_directories(scratch / "system");
  testing::write_file(scratch / "toolkit/include/cuda_runtime.h", "");
  testing::write_file(scratch / "system/vector", "");
  fs::create_symlink("../toolkit/include/cuda_runtime.h", scratch / "system/cuda_runtime.h");
  EXPECT_THAT(files_within(scratch / "toolkit", {"vector", "cuda_runtime.h"}, scratch / "system"),
              ElementsAre("cuda_runtime.h"));
  EXPECT_THAT(files_within(scratch / "tool", {"cuda_runtime.h"}, scratch / "system"), IsEmpty());
}

TEST(Build, EmulatedKernelsSeeNoHeaderOfTheToolkit) {
  std::vector<fs::path> objects = emulated_objects();
  if (toolkit().empty()) GTEST_SKIP() << "built without the CUDA toolkit";
  if (objects.empty()) GTEST_SKIP() << "built without the emulated device";
  for (fs::path& object : objects) object = fs::relative(object, folder());
  const auto files = dependencies(output_of(ninja() + " -t deps", objects));
  EXPECT_THAT(files, Contains(ResultOf([](const fs::path& file) { return file.extension(); },
                                       fs::path(".cu"))));
  EXPECT_THAT(files_within(toolkit(), files, folder()), IsEmpty());
}

}  // namespace
}  // namespace lacuna::build
