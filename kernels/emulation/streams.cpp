// Streams and events.
#include "kernels/emulation/machine.hpp"

inline namespace emulated_cuda {

using namespace lacuna::emulation;

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
  return cudaStreamCreateWithFlags(stream, cudaStreamDefault);
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned flags) {
  return command([&](Machine& there) {
    if (stream == nullptr || flags > cudaStreamNonBlocking) return cudaErrorInvalidValue;
    *stream = there.streams.add({});
    return cudaSuccess;
  });
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  return call([&](Machine& there) {
    if (stream == nullptr || !there.streams.know(stream)) return cudaErrorInvalidResourceHandle;
    const cudaError_t status = there.run(*stream);
    there.streams.remove(stream);
    return status;
  });
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (on.capture) on.capture->valid = false;
    if (there.forbidden_by_capture() || on.capture) return cudaErrorStreamCaptureUnsupported;
    there.note({.deed = Deed::wait, .name = "stream"});
    return there.run(on);
  });
}

cudaError_t cudaDeviceSynchronize() {
  return command([](Machine& there) {
    if (there.forbidden_by_capture()) return cudaErrorStreamCaptureUnsupported;
    there.note({.deed = Deed::wait, .name = "everything"});
    return there.run_all();
  });
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned flags) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (!there.events.know(event)) return cudaErrorInvalidResourceHandle;
    if (flags != 0) return cudaErrorInvalidValue;
    if (on.capture) {  // the event belongs to no capture
      on.capture->valid = false;
      return cudaErrorStreamCaptureUnsupported;
    }
    if (!event->mark) return cudaSuccess;  // never recorded: nothing to wait for
    return there.submit(on, [mark = event->mark] { mark->wait(); });
  });
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  return cudaEventCreateWithFlags(event, cudaEventDefault);
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags) {
  return command([&](Machine& there) {
    if (event == nullptr || (flags != cudaEventDefault && flags != cudaEventDisableTiming)) {
      return cudaErrorInvalidValue;
    }
    *event = there.events.add({flags == cudaEventDefault, nullptr});
    return cudaSuccess;
  });
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  return call([&](Machine& there) {
    if (!there.events.know(event)) return cudaErrorInvalidResourceHandle;
    there.events.remove(event);
    return cudaSuccess;
  });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (!there.events.know(event)) return cudaErrorInvalidResourceHandle;
    if (on.capture) {  // its place would be within the graph
      on.capture->valid = false;
      return cudaErrorStreamCaptureUnsupported;
    }
    const auto mark = std::make_shared<Mark>(Mark{&on, on.submitted() + 1});
    event->mark = mark;
    return there.submit(on, [mark] {
      mark->reached = true;
      mark->time = std::chrono::steady_clock::now();
    });
  });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return command([&](Machine& there) {
    if (!there.events.know(event)) return cudaErrorInvalidResourceHandle;
    if (there.forbidden_by_capture()) return cudaErrorStreamCaptureUnsupported;
    if (!event->mark || event->mark->reached) return cudaSuccess;
    there.note({.deed = Deed::wait, .name = "event"});
    return there.run(*event->mark->stream, event->mark->position);
  });
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
  return command([&](Machine& there) {
    for (const cudaEvent_t event : {start, end}) {
      if (!there.events.know(event) || !event->timed || !event->mark) {
        return cudaErrorInvalidResourceHandle;
      }
    }
    if (!start->mark->reached || !end->mark->reached) return cudaErrorNotReady;
    const std::chrono::duration<float, std::milli> took = end->mark->time - start->mark->time;
    *milliseconds = took.count();
    return cudaSuccess;
  });
}

}  // namespace emulated_cuda
