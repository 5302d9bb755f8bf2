#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kernels/emulation/allocations.hpp"
#include "kernels/emulation/handles.hpp"
#include "kernels/emulation/observe.hpp"
#include "kernels/emulation/runtime_api.hpp"

/// What CUDA's runtime knows, and makes global.
namespace lacuna::emulation {

using Task = std::function<void()>;

/// What is put on a stream between the begin and the end of a capture.
struct Capture {
  cudaStreamCaptureMode mode;
  std::thread::id thread;
  bool valid = true;
  std::vector<Task> tasks;
};

/// Work in order of submission; run_to() runs it.
class Stream {
 public:
  std::optional<Capture> capture;

  void push(Task task) {
    queue_.push_back(std::move(task));
    ++submitted_;
  }
  std::uint64_t submitted() const { return submitted_; }
  /// Runs the first `count` tasks ever submitted, as far as they have not run.
  void run_to(std::uint64_t count);
  void drop() { queue_.clear(); }

 private:
  std::deque<Task> queue_;
  std::uint64_t submitted_ = 0;
};

/// Where an event was recorded once.
struct Mark {
  Stream* stream;  ///< exists as long as the mark is not reached
  std::uint64_t position;
  bool reached = false;
  std::chrono::steady_clock::time_point time{};

  void wait() const {
    if (!reached) stream->run_to(position);
  }
};

struct Event {
  bool timed;
  std::shared_ptr<Mark> mark;  ///< of the last record; nullptr: never
};

struct Graph {
  std::shared_ptr<const std::vector<Task>> tasks;
};
struct GraphExec : Graph {};

class Machine {
 public:
  std::mutex mutex;  ///< held by every call
  Allocations device;
  Allocations pinned;
  Handles<Stream> streams;
  Handles<Event> events;
  Handles<Graph> graphs;
  Handles<GraphExec> executables;
  std::vector<LogEntry>* log = nullptr;
  std::set<Part> lacking;

  /// The stream of a handle, nullptr's included; nullptr for one that does not exist.
  Stream* stream(cudaStream_t handle);

  /// Puts work on the stream, or into its capture.
  cudaError_t submit(Stream& stream, Task task);
  /// Runs the stream's work, as far as `position` if given, and what that waits for on others.
  cudaError_t run(Stream& stream);
  cudaError_t run(Stream& stream, std::uint64_t position);
  cudaError_t run_all();

  /// For calls that allocate, free or wait: true, and the capture is lost, where one forbids it.
  bool forbidden_by_capture();

  /// For the log, if there is one.
  void note(LogEntry entry) const {
    if (log != nullptr) log->push_back(std::move(entry));
  }

  const std::string& failure() const { return failure_; }
  std::string take_failure();

 private:
  Stream default_stream_;
  std::string failure_;
};

/// The one there is.
Machine& machine();

/// The calling thread's last error.
cudaError_t& last_error();

/// A CUDA call: under the lock; what it returns, if an error, is the thread's last one.
template <class F>
cudaError_t call(F&& f) {
  Machine& there = machine();
  const std::scoped_lock lock(there.mutex);
  const cudaError_t status = f(there);
  if (status != cudaSuccess) last_error() = status;
  return status;
}

/// A call that a failed kernel or the lack of a driver makes impossible.
template <class F>
cudaError_t command(F&& f) {
  return call([&](Machine& there) {
    if (there.lacking.contains(Part::driver)) return cudaErrorInsufficientDriver;
    return there.failure().empty() ? f(there) : cudaErrorLaunchFailure;
  });
}

/// The same for a call on a stream.
template <class F>
cudaError_t command_on(cudaStream_t handle, F&& f) {
  return command([&](Machine& there) {
    Stream* stream = there.stream(handle);
    return stream == nullptr ? cudaErrorInvalidResourceHandle : f(there, *stream);
  });
}

}  // namespace lacuna::emulation
