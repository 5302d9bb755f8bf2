#include <chrono>
#include <cstring>
#include <new>
#include <vector>

#include "kernels/core/device_runtime.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::align_val_t alignment{64};

class HostGraph : public DeviceGraph {
 public:
  explicit HostGraph(std::function<void()> work) : work_(std::move(work)) {}
  void launch() override { work_(); }

 private:
  std::function<void()> work_;
};

class HostReadback : public DeviceReadback {
 public:
  explicit HostReadback(std::size_t bytes) : memory_(bytes) {}
  void fetch(const void* from, std::size_t bytes, std::size_t at) override {
    if (bytes > 0) std::memcpy(memory_.data() + at, from, bytes);
  }
  const std::byte* wait() override { return memory_.data(); }

 private:
  std::vector<std::byte> memory_;
};

/// Kernels on the CPU end before they return: there is nothing to wait for.
class HostRuntime : public DeviceRuntime {
 public:
  Device device() const override { return Device::cpu; }
  void* stream() const override { return nullptr; }

  void* allocate(std::size_t bytes) override { return ::operator new(bytes, alignment); }
  void free(void* memory) noexcept override { ::operator delete(memory, alignment); }

  void copy_to_device(void* to, const void* from, std::size_t bytes) override {
    copy(to, from, bytes);
  }
  void copy_to_host(void* to, const void* from, std::size_t bytes) override {
    copy(to, from, bytes);
  }
  void copy(void* to, const void* from, std::size_t bytes) override {
    if (bytes > 0) std::memcpy(to, from, bytes);
  }
  void clear(void* memory, std::size_t bytes) override {
    if (bytes > 0) std::memset(memory, 0, bytes);
  }

  void synchronize() override {}
  std::unique_ptr<DeviceReadback> make_readback(std::size_t bytes) override {
    return std::make_unique<HostReadback>(bytes);
  }

  std::unique_ptr<DeviceGraph> capture(const std::function<void()>& work) override {
    return std::make_unique<HostGraph>(work);
  }

  double seconds(const std::function<void()>& work) override {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
};

}  // namespace

std::unique_ptr<DeviceRuntime> make_runtime() {
  return std::make_unique<HostRuntime>();
}

}  // namespace lacuna::cpu
