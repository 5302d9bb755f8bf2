#include "tests/build/symbols.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/build/build_tree.hpp"

namespace lacuna::build {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SharedSymbols, AreOursAndInBoth) {
  const auto* cuda =
      "a.o:\n_ZN6lacuna4twinEf W 0000000000000000 0000000000000010\n"
      "_ZSt4sortIPN6lacuna4CellEEvT_S3_ W 0 10\n_ZSt4sortIPfEvT_S1_ W 0 10\nmain T 0 1\n"
      "_ZN6lacuna9cuda_code4onlyEv T 0 1\n";
  const auto* emulated =
      "b.o:\n_ZN6lacuna13emulated_code4onlyEv T 0 1\n_ZSt4sortIPfEvT_S1_ W 0 10\nmain T 0 1\n"
      "c.o:\n_ZSt4sortIPN6lacuna4CellEEvT_S3_ W 0 10\n_ZN6lacuna4twinEf W 0 10\n";
  EXPECT_THAT(shared_symbols(cuda, emulated),
              ElementsAre("lacuna::twin(float)",
                          "void std::sort<lacuna::Cell*>(lacuna::Cell*, lacuna::Cell*)"));
  EXPECT_THAT(shared_symbols(cuda, "d.o:\nmain T 0 1\n"), IsEmpty());
}

TEST(Build, KernelsOfTwoDevicesShareNoSymbolOfOurs) {
  const auto cuda = cuda_objects();
  const auto emulated = emulated_objects();
  if (cuda.empty()) GTEST_SKIP() << "built without the CUDA toolkit";
  if (emulated.empty()) GTEST_SKIP() << "built without the emulated device";
  const std::string nm = "nm --defined-only --extern-only --format=posix";
  const std::string of_cuda = output_of(nm, cuda);
  const std::string of_emulated = output_of(nm, emulated);
  EXPECT_THAT(of_cuda, ::testing::HasSubstr("cuda_code"));
  EXPECT_THAT(of_emulated, ::testing::HasSubstr("emulated_code"));
  EXPECT_THAT(shared_symbols(of_cuda, of_emulated), IsEmpty());
}

}  // namespace
}  // namespace lacuna::build
