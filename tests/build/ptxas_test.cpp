#include "tests/build/ptxas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/build/build_tree.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::build {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* sample = R"(ptxas info    : 0 bytes gmem
ptxas info    : Compiling entry function '_ZN6lacuna9cuda_code44_GLOBAL__N__5379cf51_11_toy_cuda_cu_006568c33addIfEEvPT_i' for 'sm_80'
ptxas info    : Function properties for _ZN6lacuna9cuda_code44_GLOBAL__N__5379cf51_11_toy_cuda_cu_006568c33addIfEEvPT_i
    256 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
ptxas info    : Used 180 registers, used 0 barriers, 256 bytes cumulative stack size, 364 bytes cmem[0]
ptxas info    : Compile time = 30.997 ms
ptxas info    : Compiling entry function '_ZN6lacuna9cuda_code44_GLOBAL__N__5379cf51_11_toy_cuda_cu_006568c33addIfEEvPT_i' for 'sm_90'
ptxas info    : Function properties for _ZN6lacuna9cuda_code44_GLOBAL__N__5379cf51_11_toy_cuda_cu_006568c33addIfEEvPT_i
    256 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
ptxas info    : Used 168 registers, used 1 barriers, 1024 bytes smem, 256 bytes cumulative stack size
ptxas info    : Compile time = 25.488 ms
ptxas info    : Compiling entry function '_ZN6lacuna9cuda_code6spillyEPf' for 'sm_90'
ptxas info    : Function properties for _ZN6lacuna9cuda_code6helperEf
    0 bytes stack frame, 8 bytes spill stores, 4 bytes spill loads
ptxas info    : Function properties for _ZN6lacuna9cuda_code6spillyEPf
    16 bytes stack frame, 100 bytes spill stores, 200 bytes spill loads
ptxas info    : Used 255 registers, used 1 barriers, 49153 bytes smem
)";

TEST(Ptxas, IsReadForOneArchitecture) {
  const auto kernels = read_ptxas(sample, "sm_90");
  ASSERT_THAT(kernels, SizeIs(2));
  EXPECT_EQ(kernels[0].name, "add<float>");
  EXPECT_EQ(kernels[0].registers, 168);
  EXPECT_EQ(kernels[0].shared_bytes, 1024);
  EXPECT_EQ(kernels[0].stack_bytes, 256);
  EXPECT_EQ(kernels[0].spill_stores, 0);
  EXPECT_EQ(kernels[1].name, "spilly");
  EXPECT_EQ(kernels[1].registers, 255);
  EXPECT_EQ(kernels[1].spill_stores, 108);
  EXPECT_EQ(kernels[1].spill_loads, 204);
  ASSERT_THAT(read_ptxas(sample, "sm_80"), SizeIs(1));
  EXPECT_EQ(read_ptxas(sample, "sm_80")[0].registers, 180);
  EXPECT_THAT(read_ptxas(sample, "sm_100"), IsEmpty());
}

TEST(Ptxas, SpillsLocalMemoryAndTooMuchSharedMemoryAreFaults) {
  EXPECT_THAT(faults(read_ptxas(sample, "sm_90")),
              ElementsAre("add<float>: 256 bytes of local memory, more than 128",
                          "spilly: 108 bytes of spill stores and 204 of spill loads",
                          "spilly: 49153 bytes of shared memory, more than 49152"));
  EXPECT_THAT(faults(read_ptxas(sample, "sm_100")), IsEmpty());
}

TEST(Ptxas, TheTableHasAKernelARow) {
  EXPECT_THAT(to_markdown(read_ptxas(sample, "sm_90")),
              ::testing::AllOf(HasSubstr("| source | kernel | registers |"),
                               HasSubstr("|  | `add<float>` | 168 | 1024 | 256 | 0 |\n"),
                               HasSubstr("|  | `spilly` | 255 | 49153 | 16 | 312 |\n")));
}

/// Leaves ptxas.md in the build folder.
TEST(Build, NoKernelSpills) {
  const auto objects = cuda_objects();
  if (objects.empty()) GTEST_SKIP() << "built without the CUDA toolkit";
  std::vector<KernelUse> kernels;
  for (const auto& object : objects) {
    const auto log = testing::read_file(object.string() + ".ptxas");
    for (auto& kernel : read_ptxas(log, "sm_90")) {
      kernel.source = (object.parent_path().filename() / object.stem()).string();
      kernels.push_back(std::move(kernel));
    }
  }
  if (kernels.empty()) GTEST_SKIP() << "the kernels were not compiled for sm_90";
  testing::write_file(folder() / "ptxas.md", to_markdown(kernels));
  EXPECT_THAT(faults(kernels), IsEmpty());
}

}  // namespace
}  // namespace lacuna::build
