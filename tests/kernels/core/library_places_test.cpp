#include "kernels/core/library_places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/scoped_variable.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna {
namespace {

using ::testing::Contains;
using ::testing::Not;

constexpr const char* file = "libcublasLt.so.13";

std::string make_library(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / file) << "not a library";
  return (folder / file).string();
}

TEST(LibraryPlaces, BeginWithTheLinkersOwnAndTheToolkits) {
  const testing::ScopedVariable home("CUDA_HOME", "/opt/cuda");
  const std::vector<std::string> places = library_places(file, "cublas");
  EXPECT_EQ(places.at(0), file);
  EXPECT_EQ(places.at(1), "/opt/cuda/lib64/libcublasLt.so.13");
}

// As pip installs them: nvidia-cublas for CUDA 13, and nvidia-cublas-cu12 with a folder of its own.
TEST(LibraryPlaces, ArePythonsPackagesToo) {
  const testing::TemporaryFolder folder;
  const auto packages = folder.path() / "lib/python3.11/site-packages/nvidia";
  const std::string shared = make_library(packages / "cu13/lib");
  const std::string own = make_library(packages / "cublas/lib");
  const std::string other = make_library(packages / "cudnn/lib");
  const testing::ScopedVariable environment("VIRTUAL_ENV", folder.path().string());
  const std::vector<std::string> places = library_places(file, "cublas");
  EXPECT_THAT(places, Contains(shared));
  EXPECT_THAT(places, Contains(own));
  EXPECT_THAT(places, Not(Contains(other)));
}

TEST(LibraryPlaces, AreTheFoldersOfPythonpath) {
  const testing::TemporaryFolder folder;
  const std::string library = make_library(folder.path() / "nvidia/cu13/lib");
  const testing::ScopedVariable path("PYTHONPATH", "/nowhere::" + folder.path().string());
  EXPECT_THAT(library_places(file, "cublas"), Contains(library));
}

}  // namespace
}  // namespace lacuna
