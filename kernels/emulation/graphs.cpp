// Graphs: lists of what one stream was given while it captured.
#include "kernels/emulation/machine.hpp"

inline namespace emulated_cuda {

using namespace lacuna::emulation;

cudaError_t cudaStreamIsCapturing(cudaStream_t stream, cudaStreamCaptureStatus* status) {
  return command_on(stream, [&](Machine&, Stream& on) {
    const auto of = [](const Capture& capture) {
      return capture.valid ? cudaStreamCaptureStatusActive : cudaStreamCaptureStatusInvalidated;
    };
    *status = on.capture ? of(*on.capture) : cudaStreamCaptureStatusNone;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode mode) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (on.capture) return cudaErrorIllegalState;
    if (stream == nullptr) return cudaErrorStreamCaptureUnsupported;
    there.note({.deed = Deed::capture, .name = "capture"});
    on.capture.emplace(Capture{mode, std::this_thread::get_id(), true, {}});
    return cudaSuccess;
  });
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    *graph = nullptr;
    if (!on.capture) return cudaErrorIllegalState;
    if (on.capture->mode != cudaStreamCaptureModeRelaxed &&
        on.capture->thread != std::this_thread::get_id()) {
      return cudaErrorStreamCaptureWrongThread;
    }
    const Capture capture = std::move(*on.capture);
    on.capture.reset();
    if (!capture.valid) return cudaErrorStreamCaptureInvalidated;
    *graph = there.graphs.add({std::make_shared<const std::vector<Task>>(capture.tasks)});
    return cudaSuccess;
  });
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph,
                                 unsigned long long flags) {
  return command([&](Machine& there) {
    if (executable == nullptr || !there.graphs.know(graph) || flags != 0) {
      return cudaErrorInvalidValue;
    }
    *executable = there.executables.add({*graph});
    return cudaSuccess;
  });
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
  return command_on(stream, [&](Machine& there, Stream& on) {
    if (!there.executables.know(executable)) return cudaErrorInvalidValue;
    return there.submit(on, [&there, tasks = executable->tasks] {
      there.note({.deed = Deed::graph, .name = "graph"});
      for (const Task& task : *tasks) task();
    });
  });
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  return call([&](Machine& there) {
    if (!there.graphs.know(graph)) return cudaErrorInvalidValue;
    there.graphs.remove(graph);
    return cudaSuccess;
  });
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
  return call([&](Machine& there) {
    if (!there.executables.know(executable)) return cudaErrorInvalidValue;
    there.executables.remove(executable);
    return cudaSuccess;
  });
}

}  // namespace emulated_cuda
