#include "tests/build/ptxas.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>

#include "tests/build/demangle.hpp"

namespace lacuna::build {

namespace {

constexpr int most_shared_bytes = 48 << 10;
/// Of local memory: sine and cosine of large arguments take 112, an array that is not in registers
/// more.
constexpr int most_stack_bytes = 128;

/// "void lacuna::cuda_code::(anonymous namespace)::add<float>(float*)" is add<float>.
std::string short_name(const std::string& mangled) {
  std::string name = demangled(mangled);
  for (const auto* part :
       {"void ", "lacuna::", "cuda_code::", "cuda::", "(anonymous namespace)::"}) {
    const std::string_view word = part;
    for (auto at = name.find(word); at != name.npos; at = name.find(word)) {
      name.erase(at, word.size());
    }
  }
  return name.substr(0, name.find('('));
}

}  // namespace

std::vector<KernelUse> read_ptxas(std::string_view text, std::string_view arch) {
  static const std::regex entry("Compiling entry function '(.+)' for '(.+)'");
  static const std::regex memory(
      "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
  static const std::regex used("Used (\\d+) registers");
  static const std::regex shared("(\\d+) bytes smem");
  std::vector<KernelUse> kernels;
  bool wanted = false;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    std::smatch found;
    if (std::regex_search(line, found, entry)) {
      wanted = found[2].str() == arch;
      if (wanted) kernels.push_back({.source = "", .name = short_name(found[1])});
    }
    if (!wanted) continue;
    KernelUse& kernel = kernels.back();
    if (std::regex_search(line, found, memory)) {
      kernel.stack_bytes += std::stoi(found[1]);
      kernel.spill_stores += std::stoi(found[2]);
      kernel.spill_loads += std::stoi(found[3]);
    }
    if (std::regex_search(line, found, used)) kernel.registers = std::stoi(found[1]);
    if (std::regex_search(line, found, shared)) kernel.shared_bytes = std::stoi(found[1]);
  }
  return kernels;
}

std::vector<std::string> faults(const std::vector<KernelUse>& kernels) {
  std::vector<std::string> found;
  for (const KernelUse& kernel : kernels) {
    if (kernel.spill_stores > 0 || kernel.spill_loads > 0) {
      found.push_back(fmt::format("{}: {} bytes of spill stores and {} of spill loads", kernel.name,
                                  kernel.spill_stores, kernel.spill_loads));
    }
    if (kernel.stack_bytes > most_stack_bytes) {
      found.push_back(fmt::format("{}: {} bytes of local memory, more than {}", kernel.name,
                                  kernel.stack_bytes, most_stack_bytes));
    }
    if (kernel.shared_bytes > most_shared_bytes) {
      found.push_back(fmt::format("{}: {} bytes of shared memory, more than {}", kernel.name,
                                  kernel.shared_bytes, most_shared_bytes));
    }
  }
  return found;
}

std::string to_markdown(const std::vector<KernelUse>& kernels) {
  std::string text =
      "| source | kernel | registers | shared memory (bytes) | stack (bytes) | spills (bytes) |\n"
      "|---|---|---:|---:|---:|---:|\n";
  for (const KernelUse& kernel : kernels) {
    text += fmt::format("| {} | `{}` | {} | {} | {} | {} |\n", kernel.source, kernel.name,
                        kernel.registers, kernel.shared_bytes, kernel.stack_bytes,
                        kernel.spill_stores + kernel.spill_loads);
  }
  return text;
}

}  // namespace lacuna::build
