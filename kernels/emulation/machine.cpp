#include "kernels/emulation/machine.hpp"

#include <exception>
#include <utility>

namespace lacuna::emulation {

void Stream::run_to(std::uint64_t count) {
  while (!queue_.empty() && submitted_ - queue_.size() < count) {
    const Task task = std::move(queue_.front());
    queue_.pop_front();
    task();
  }
}

Stream* Machine::stream(cudaStream_t handle) {
  if (handle == nullptr) return &default_stream_;
  return streams.know(handle) ? handle : nullptr;
}

cudaError_t Machine::submit(Stream& stream, Task task) {
  if (!stream.capture) {
    stream.push(std::move(task));
    return cudaSuccess;
  }
  if (!stream.capture->valid) return cudaErrorStreamCaptureInvalidated;
  stream.capture->tasks.push_back(std::move(task));
  return cudaSuccess;
}

cudaError_t Machine::run(Stream& stream) {
  return run(stream, stream.submitted());
}

cudaError_t Machine::run(Stream& stream, std::uint64_t position) {
  device.open();
  try {
    stream.run_to(position);
  } catch (const std::exception& error) {
    failure_ = error.what();
    default_stream_.drop();
    for (const auto& [handle, each] : streams.all()) each->drop();
  }
  device.close();
  return failure_.empty() ? cudaSuccess : cudaErrorLaunchFailure;
}

cudaError_t Machine::run_all() {
  cudaError_t status = run(default_stream_);
  for (const auto& [handle, each] : streams.all()) {
    if (status == cudaSuccess) status = run(*each);
  }
  return status;
}

bool Machine::forbidden_by_capture() {
  bool forbidden = false;
  const auto check = [&](Stream& stream) {
    if (!stream.capture || stream.capture->mode == cudaStreamCaptureModeRelaxed) return;
    const bool local = stream.capture->mode == cudaStreamCaptureModeThreadLocal;
    if (local && stream.capture->thread != std::this_thread::get_id()) return;
    stream.capture->valid = false;
    forbidden = true;
  };
  check(default_stream_);
  for (const auto& [handle, each] : streams.all()) check(*each);
  return forbidden;
}

std::string Machine::take_failure() {
  return std::exchange(failure_, {});
}

Machine& machine() {
  static Machine instance;
  return instance;
}

cudaError_t& last_error() {
  static thread_local cudaError_t instance = cudaSuccess;
  return instance;
}

}  // namespace lacuna::emulation
