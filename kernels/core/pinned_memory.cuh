#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "kernels/core/launch.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

class DeviceEvent {
 public:
  DeviceEvent() { check(cudaEventCreate(&event_), "creating an event"); }
  ~DeviceEvent() { cudaEventDestroy(event_); }
  DeviceEvent(const DeviceEvent&) = delete;
  DeviceEvent& operator=(const DeviceEvent&) = delete;

  void record(cudaStream_t stream) const {
    check(cudaEventRecord(event_, stream), "recording an event");
  }
  /// At once where it was never recorded.
  void wait() const { check(cudaEventSynchronize(event_), "waiting for an event"); }
  double seconds_until(const DeviceEvent& end) const {
    end.wait();
    float milliseconds = 0;
    check(cudaEventElapsedTime(&milliseconds, event_, end.event_), "reading an event");
    return 1e-3 * static_cast<double>(milliseconds);
  }

 private:
  cudaEvent_t event_ = nullptr;
};

/// Memory of the host that the device reads and writes on its own.
class PinnedMemory {
 public:
  explicit PinnedMemory(std::size_t bytes) {
    void* memory = nullptr;
    check(cudaMallocHost(&memory, std::max<std::size_t>(bytes, 1)), "allocating pinned memory");
    memory_ = static_cast<std::byte*>(memory);
  }
  ~PinnedMemory() { cudaFreeHost(memory_); }
  PinnedMemory(const PinnedMemory&) = delete;
  PinnedMemory& operator=(const PinnedMemory&) = delete;

  std::byte* data() const { return memory_; }

 private:
  std::byte* memory_ = nullptr;
};

/// Through which ordinary memory goes to the device. Asynchronous copies of ordinary memory may
/// read it at any later time; what was copied to here may change at once. Segments are filled in
/// turn, each anew when the device has read it.
class StagingRing {
 public:
  void copy(void* to, const void* from, std::size_t bytes, cudaStream_t stream) {
    auto* target = static_cast<std::byte*>(to);
    const auto* source = static_cast<const std::byte*>(from);
    while (bytes > 0) {
      if (used_ == segment_bytes) start_next_segment(stream);
      const std::size_t piece = std::min(bytes, segment_bytes - used_);
      std::byte* staged = memory_.data() + segment_ * segment_bytes + used_;
      std::memcpy(staged, source, piece);
      check(cudaMemcpyAsync(target, staged, piece, cudaMemcpyHostToDevice, stream),
            "copying to the device");
      used_ = std::min(segment_bytes, (used_ + piece + alignment - 1) / alignment * alignment);
      target += piece;
      source += piece;
      bytes -= piece;
    }
  }

 private:
  static constexpr std::size_t segment_bytes = std::size_t{1} << 20;
  static constexpr std::size_t segments = 4;
  static constexpr std::size_t alignment = 64;

  void start_next_segment(cudaStream_t stream) {
    read_[segment_].record(stream);
    segment_ = (segment_ + 1) % segments;
    read_[segment_].wait();
    used_ = 0;
  }

  PinnedMemory memory_{segments * segment_bytes};
  std::array<DeviceEvent, segments> read_;
  std::size_t segment_ = 0;
  std::size_t used_ = 0;
};

class PinnedReadback : public DeviceReadback {
 public:
  PinnedReadback(std::size_t bytes, cudaStream_t stream) : memory_(bytes), stream_(stream) {}

  void fetch(const void* from, std::size_t bytes, std::size_t at) override {
    if (bytes > 0) {
      check(cudaMemcpyAsync(memory_.data() + at, from, bytes, cudaMemcpyDeviceToHost, stream_),
            "copying to the host");
    }
    fetched_.record(stream_);
  }
  const std::byte* wait() override {
    fetched_.wait();
    return memory_.data();
  }

 private:
  PinnedMemory memory_;
  DeviceEvent fetched_;
  cudaStream_t stream_;
};

}  // namespace LACUNA_NS
}  // namespace lacuna
