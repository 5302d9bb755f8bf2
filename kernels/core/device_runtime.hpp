#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/core/device.hpp"

namespace lacuna {

// Destructors stand in device_runtime.cpp: the compilers of two devices would both emit them, with
// tables of virtual functions, under one name.

/// A device refused or failed: the message names the call and what the device said.
struct DeviceError : std::runtime_error {
  using std::runtime_error::runtime_error;
  DeviceError(const DeviceError&) = default;
  ~DeviceError() override;
};
/// A device, or a library it needs, that is found but cannot be used.
struct DeviceUnavailable : DeviceError {
  using DeviceError::DeviceError;
  ~DeviceUnavailable() override;
};

/// Work that was captured once and can be repeated.
class DeviceGraph {
 public:
  virtual ~DeviceGraph();
  virtual void launch() = 0;
};

/// Memory of the host to which a device copies while nobody waits.
class DeviceReadback {
 public:
  virtual ~DeviceReadback();
  /// Puts a copy of the device's memory to the host's from byte `at` on the stream.
  virtual void fetch(const void* from, std::size_t bytes, std::size_t at = 0) = 0;
  /// What was fetched; waits until the device has come to the last fetch().
  virtual const std::byte* wait() = 0;
};

/// A device's memory and its one stream: everything asked for runs in that order, and only
/// copy_to_host(), synchronize(), seconds() and a readback's wait() wait for it. All but free()
/// throw DeviceError.
class DeviceRuntime {
 public:
  virtual ~DeviceRuntime();

  virtual Device device() const = 0;
  /// cudaStream_t; nullptr on the CPU.
  virtual void* stream() const = 0;

  /// 64-byte aligned, not initialised. Throws std::bad_alloc where there is not enough.
  virtual void* allocate(std::size_t bytes) = 0;
  /// Waits for work that may still use the memory.
  virtual void free(void* memory) noexcept = 0;

  /// `from` may be reused at once. Work that is captured must not copy from the host:
  /// std::logic_error.
  virtual void copy_to_device(void* to, const void* from, std::size_t bytes) = 0;
  virtual void copy_to_host(void* to, const void* from, std::size_t bytes) = 0;
  virtual void copy(void* to, const void* from, std::size_t bytes) = 0;
  virtual void clear(void* memory, std::size_t bytes) = 0;  ///< to zero bytes

  virtual void synchronize() = 0;
  /// Outlives no runtime.
  virtual std::unique_ptr<DeviceReadback> make_readback(std::size_t bytes) = 0;

  /// Records what `work` puts on the stream in place of running it; `work` must neither wait nor
  /// allocate. On the CPU the graph calls `work` again.
  virtual std::unique_ptr<DeviceGraph> capture(const std::function<void()>& work) = 0;

  /// What `work` takes on the device, in seconds: by events, or by the clock on the CPU.
  virtual double seconds(const std::function<void()>& work) = 0;

  /// The math library's handle and plans, made by the first product.
  std::shared_ptr<void> blas;
};

/// What was found of a device's kind.
struct DeviceReport {
  struct Found {
    std::string name;
    std::int64_t memory_bytes = 0;
    int multiprocessors = 0;
    std::string compute_capability;
  };
  std::string toolkit;  ///< version this build was made with; empty: without
  std::string driver;   ///< the newest CUDA version the driver knows; empty: no driver
  std::vector<Found> devices;
  std::string problem;  ///< why none can be used; empty: the first is

  ~DeviceReport();
};

namespace cpu {
std::unique_ptr<DeviceRuntime> make_runtime();
}
namespace cuda {
std::unique_ptr<DeviceRuntime> make_runtime();
DeviceReport report();
}  // namespace cuda
namespace emulated {
std::unique_ptr<DeviceRuntime> make_runtime();
DeviceReport report();
}  // namespace emulated

}  // namespace lacuna
