#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernels/core/exec_context.hpp"
#include "runtime/memory/memory_pool.hpp"

namespace lacuna {

/// A device in use: its memory, its threads, the scratch of its kernels. Not copyable; everything
/// that computes is handed one.
class DeviceContext {
 public:
  /// Throws DeviceError where the device cannot be used.
  DeviceContext(Device device, int threads);
  DeviceContext(const DeviceContext&) = delete;
  DeviceContext& operator=(const DeviceContext&) = delete;

  const ExecContext& exec() const { return exec_; }
  DeviceRuntime& runtime() const { return *exec_.runtime; }
  MemoryPool& pool() { return pool_; }
  Device device() const { return exec_.device; }

 private:
  class PoolScratch : public Scratch {
   public:
    explicit PoolScratch(MemoryPool& pool) : pool_(pool) {}
    void* reserve(std::size_t bytes) override;

   private:
    MemoryPool& pool_;
    std::shared_ptr<std::byte> memory_;
    std::size_t size_ = 0;
    std::vector<std::shared_ptr<std::byte>> outgrown_;  // captured steps still use it
  };

  MemoryPool pool_;
  PoolScratch scratch_;
  ExecContext exec_;
};

/// What there is of this kind of device.
DeviceReport device_report(Device device);

/// "available", or why the device cannot be used.
std::string device_status(Device device);

/// The device a user asked for: "auto" takes CUDA if a device answers, else the CPU, never the
/// emulation. Throws ConfigError for an unknown name, and for a device that is not there, saying
/// what was found.
Device choose_device(std::string_view name);

}  // namespace lacuna
