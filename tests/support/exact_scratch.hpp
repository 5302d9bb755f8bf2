#pragma once

#include <algorithm>
#include <vector>

#include "kernels/core/exec_context.hpp"

namespace lacuna::testing {

/// Hands out as many bytes as are asked for, never the same twice: sanitizers see what a kernel
/// does beyond them. Keeps all of it, since queued kernels may still use it.
class ExactScratch : public Scratch {
 public:
  explicit ExactScratch(DeviceRuntime& runtime) : runtime_(runtime) {}
  ~ExactScratch() override {
    for (void* memory : pieces_) runtime_.free(memory);
  }
  ExactScratch(const ExactScratch&) = delete;
  ExactScratch& operator=(const ExactScratch&) = delete;

  void* reserve(std::size_t bytes) override {
    pieces_.push_back(runtime_.allocate(std::max<std::size_t>(bytes, 1)));
    return pieces_.back();
  }

 private:
  DeviceRuntime& runtime_;
  std::vector<void*> pieces_;
};

}  // namespace lacuna::testing
