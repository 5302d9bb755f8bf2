#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What ptxas says of kernels (nvcc -Xptxas=-v).
namespace lacuna::build {

struct KernelUse {
  std::string source;  ///< file, as far as it is known
  std::string name;    ///< demangled, without its parameters
  int registers = 0;
  int shared_bytes = 0;  ///< static
  int stack_bytes = 0;   ///< a thread's local memory
  int spill_stores = 0;  ///< bytes
  int spill_loads = 0;
};

/// The kernels of `text` that were compiled for `arch`, as in "sm_90". What a function that was not
/// inlined spills counts for the kernel it was compiled with.
std::vector<KernelUse> read_ptxas(std::string_view text, std::string_view arch);

/// A line for each kernel that spills registers, keeps arrays in local memory or takes more shared
/// memory than a launch allows.
std::vector<std::string> faults(const std::vector<KernelUse>& kernels);

/// A Markdown table, a kernel a row.
std::string to_markdown(const std::vector<KernelUse>& kernels);

}  // namespace lacuna::build
