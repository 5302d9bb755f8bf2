#include <cstdio>

#include "experiments/cli/cli.hpp"
#include "runtime/system/cpu.hpp"

int main(int argc, char** argv) {
  if (const char* feature = lacuna::system::missing_cpu_feature()) {
    std::fprintf(stderr,
                 "lacuna: this program was built for a machine with %s, which this one lacks; "
                 "remove build/ and call ./lacuna again\n",
                 feature);
    return 2;
  }
  return lacuna::experiments::run_program({argv, argv + argc});
}
