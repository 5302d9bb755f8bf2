// lacuna_faults NAME broken|clean: runs a kernel of faulty_kernels.cpp and prints what is wrong.
// Exit code 0: nothing, 1: something, 2: there is no such kernel.
#include <cstdio>
#include <string_view>

#include "tests/faults/faulty_kernels.hpp"

int main(int argc, char** argv) {
  const auto faults = lacuna::faults::all_faults();
  const auto fault = faults.find(argc == 3 ? argv[1] : "");
  if (fault == faults.end()) {
    std::fprintf(stderr, "usage: lacuna_faults NAME broken|clean\n");
    return 2;
  }
  const std::string problem = fault->second(std::string_view(argv[2]) == "broken");
  std::printf("%s\n", problem.empty() ? "nothing wrong" : problem.c_str());
  return problem.empty() ? 0 : 1;
}
