#include <array>
#include <functional>
#include <thread>

#include "tests/kernels/emulation/emulated.hpp"

namespace lacuna::emulation {
namespace {

using ::testing::ElementsAre;

__global__ void add(int* x, int value) {
  x[0] += value;
}

__global__ void multiply(int* x, int value) {
  x[0] *= value;
}

class Streams : public ::testing::Test {
 protected:
  Streams() {
    EXPECT_EQ(cudaMallocHost(&x_, sizeof *x_), cudaSuccess);
    *x_ = 1;
    for (cudaStream_t* stream : {&stream_, &other_}) {
      EXPECT_EQ(cudaStreamCreateWithFlags(stream, cudaStreamNonBlocking), cudaSuccess);
    }
  }
  ~Streams() override {
    cudaGetLastError();
    EXPECT_EQ(cudaStreamDestroy(stream_), cudaSuccess);
    EXPECT_EQ(cudaStreamDestroy(other_), cudaSuccess);
    EXPECT_EQ(cudaFreeHost(x_), cudaSuccess);
  }

  void begin_capture() {
    EXPECT_EQ(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal), cudaSuccess);
  }
  /// Ends a capture that something invalidated.
  void end_lost_capture() {
    cudaGraph_t graph = nullptr;
    EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaErrorStreamCaptureInvalidated);
    EXPECT_EQ(graph, nullptr);
    EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  }

  int* x_ = nullptr;  ///< host memory that kernels reach
  cudaStream_t stream_ = nullptr;
  cudaStream_t other_ = nullptr;
};

TEST_F(Streams, WorkRunsInOrderWhenSomebodyWaits) {
  put(stream_, 1, 1, add, x_, 2);
  put(stream_, 1, 1, multiply, x_, 10);
  EXPECT_EQ(*x_, 1) << "before anybody waits";
  EXPECT_EQ(cudaStreamSynchronize(other_), cudaSuccess);
  EXPECT_EQ(*x_, 1) << "after a wait for another stream";
  EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  EXPECT_EQ(*x_, 30);
}

TEST_F(Streams, TheWholeDeviceCanBeWaitedFor) {
  put(stream_, 1, 1, add, x_, 2);
  put(other_, 1, 1, add, x_, 3);
  put(nullptr, 1, 1, add, x_, 4);
  EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
  EXPECT_EQ(*x_, 10);
}

TEST_F(Streams, FreeingWaitsForEverything) {
  void* memory = nullptr;
  EXPECT_EQ(cudaMalloc(&memory, 4), cudaSuccess);
  put(stream_, 1, 1, add, x_, 2);
  EXPECT_EQ(cudaFree(memory), cudaSuccess);
  EXPECT_EQ(*x_, 3);
}

TEST_F(Streams, DestroyingAStreamRunsWhatIsLeft) {
  cudaStream_t third = nullptr;
  EXPECT_EQ(cudaStreamCreate(&third), cudaSuccess);
  put(third, 1, 1, add, x_, 2);
  EXPECT_EQ(cudaStreamDestroy(third), cudaSuccess);
  EXPECT_EQ(*x_, 3);
  EXPECT_EQ(cudaStreamSynchronize(third), cudaErrorInvalidResourceHandle);
}

class Event {
 public:
  explicit Event(unsigned flags = cudaEventDefault) {
    EXPECT_EQ(cudaEventCreateWithFlags(&event_, flags), cudaSuccess);
  }
  ~Event() { EXPECT_EQ(cudaEventDestroy(event_), cudaSuccess); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  cudaEvent_t get() const { return event_; }

 private:
  cudaEvent_t event_ = nullptr;
};

TEST_F(Streams, AnEventIsWaitedForAndNoMore) {
  const Event event;
  put(stream_, 1, 1, add, x_, 2);
  EXPECT_EQ(cudaEventRecord(event.get(), stream_), cudaSuccess);
  put(stream_, 1, 1, add, x_, 100);
  EXPECT_EQ(cudaEventSynchronize(event.get()), cudaSuccess);
  EXPECT_EQ(*x_, 3);
}

TEST_F(Streams, AStreamWaitsForAnEventOfAnother) {
  const Event event;
  put(stream_, 1, 1, add, x_, 2);
  EXPECT_EQ(cudaEventRecord(event.get(), stream_), cudaSuccess);
  put(stream_, 1, 1, add, x_, 100);
  EXPECT_EQ(cudaStreamWaitEvent(other_, event.get()), cudaSuccess);
  put(other_, 1, 1, multiply, x_, 10);
  EXPECT_EQ(cudaStreamSynchronize(other_), cudaSuccess);
  EXPECT_EQ(*x_, 30);
  EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  EXPECT_EQ(*x_, 130);
}

TEST_F(Streams, AnEventMayBeDestroyedBeforeItIsReached) {
  {
    const Event event;
    put(stream_, 1, 1, add, x_, 2);
    EXPECT_EQ(cudaEventRecord(event.get(), stream_), cudaSuccess);
    EXPECT_EQ(cudaStreamWaitEvent(other_, event.get()), cudaSuccess);
  }
  EXPECT_EQ(cudaStreamSynchronize(other_), cudaSuccess);
  EXPECT_EQ(*x_, 3);
}

TEST_F(Streams, EventsMeasureTime) {
  const Event start;
  const Event end;
  const Event untimed(cudaEventDisableTiming);
  float milliseconds = -1;
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start.get(), end.get()),
            cudaErrorInvalidResourceHandle);
  EXPECT_EQ(cudaEventRecord(start.get(), stream_), cudaSuccess);
  put(stream_, 1, 1, add, x_, 2);
  EXPECT_EQ(cudaEventRecord(end.get(), stream_), cudaSuccess);
  EXPECT_EQ(cudaEventRecord(untimed.get(), stream_), cudaSuccess);
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start.get(), end.get()), cudaErrorNotReady);
  EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start.get(), end.get()), cudaSuccess);
  EXPECT_GE(milliseconds, 0.0F);
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start.get(), untimed.get()),
            cudaErrorInvalidResourceHandle);
}

TEST_F(Streams, CapturedWorkRunsWhenTheGraphIsLaunched) {
  begin_capture();
  put(stream_, 1, 1, add, x_, 2);
  put(stream_, 1, 1, multiply, x_, 3);
  cudaGraph_t graph = nullptr;
  ASSERT_EQ(cudaStreamEndCapture(stream_, &graph), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  EXPECT_EQ(*x_, 1) << "captured, not run";
  cudaGraphExec_t executable = nullptr;
  ASSERT_EQ(cudaGraphInstantiate(&executable, graph, 0), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
  EXPECT_EQ(cudaGraphLaunch(executable, stream_), cudaSuccess);
  EXPECT_EQ(cudaGraphLaunch(executable, stream_), cudaSuccess);
  EXPECT_EQ(cudaGraphExecDestroy(executable), cudaSuccess);
  EXPECT_EQ(*x_, 1) << "launched, not waited for";
  EXPECT_EQ(cudaStreamSynchronize(stream_), cudaSuccess);
  EXPECT_EQ(*x_, ((1 + 2) * 3 + 2) * 3);
  EXPECT_EQ(cudaGraphLaunch(executable, stream_), cudaErrorInvalidValue);
}

TEST_F(Streams, OtherStreamsRunDuringACapture) {
  begin_capture();
  put(other_, 1, 1, add, x_, 2);
  std::thread elsewhere([&] { EXPECT_EQ(cudaStreamSynchronize(other_), cudaSuccess); });
  elsewhere.join();
  EXPECT_EQ(*x_, 3);
  cudaGraph_t graph = nullptr;
  EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
}

TEST_F(Streams, AllocatingFreeingAndWaitingLoseACapture) {
  void* memory = nullptr;
  int host = 0;
  Array<int> array{1};
  const auto calls = std::to_array<std::function<cudaError_t()>>({
      [&] { return cudaMalloc(&memory, 4); },
      [&] { return cudaMallocHost(&memory, 4); },
      [&] { return cudaFree(array.get()); },
      [&] { return cudaStreamSynchronize(stream_); },
      [&] { return cudaStreamSynchronize(other_); },
      [&] { return cudaDeviceSynchronize(); },
      [&] { return cudaMemcpy(&host, array.get(), 4, cudaMemcpyDeviceToHost); },
      [&] { return cudaMemcpyAsync(&host, array.get(), 4, cudaMemcpyDeviceToHost, stream_); },
      [&] { return cudaMemcpyAsync(array.get(), &host, 4, cudaMemcpyHostToDevice, stream_); },
  });
  for (std::size_t i = 0; i < calls.size(); ++i) {
    begin_capture();
    EXPECT_EQ(calls[i](), cudaErrorStreamCaptureUnsupported) << i;
    EXPECT_EQ(put(stream_, 1, 1, add, x_, 1), cudaErrorStreamCaptureInvalidated) << i;
    end_lost_capture();
  }
  EXPECT_THAT(array.values(), ElementsAre(1));
}

TEST_F(Streams, EventsStayOutOfCaptures) {
  const Event event;
  begin_capture();
  EXPECT_EQ(cudaEventRecord(event.get(), stream_), cudaErrorStreamCaptureUnsupported);
  end_lost_capture();
  begin_capture();
  EXPECT_EQ(cudaStreamWaitEvent(stream_, event.get()), cudaErrorStreamCaptureUnsupported);
  end_lost_capture();
}

TEST_F(Streams, ARelaxedCaptureForbidsNothing) {
  EXPECT_EQ(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeRelaxed), cudaSuccess);
  void* memory = nullptr;
  EXPECT_EQ(cudaMalloc(&memory, 4), cudaSuccess);
  EXPECT_EQ(cudaFree(memory), cudaSuccess);
  cudaGraph_t graph = nullptr;
  EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaErrorInvalidValue);
}

TEST_F(Streams, CapturesBeginAndEndInPairsOnOneThread) {
  cudaGraph_t graph = nullptr;
  EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaErrorIllegalState);
  begin_capture();
  EXPECT_EQ(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal),
            cudaErrorIllegalState);
  std::thread elsewhere(
      [&] { EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaErrorStreamCaptureWrongThread); });
  elsewhere.join();
  EXPECT_EQ(cudaStreamEndCapture(stream_, &graph), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
  EXPECT_EQ(cudaStreamBeginCapture(nullptr, cudaStreamCaptureModeRelaxed),
            cudaErrorStreamCaptureUnsupported);
}

TEST_F(Streams, ErrorsBelongToTheThreadThatMadeThem) {
  EXPECT_EQ(cudaEventDestroy(nullptr), cudaErrorInvalidResourceHandle);
  std::thread elsewhere([] { EXPECT_EQ(cudaPeekAtLastError(), cudaSuccess); });
  elsewhere.join();
  EXPECT_EQ(cudaPeekAtLastError(), cudaErrorInvalidResourceHandle);
}

TEST_F(Streams, HostThreadsMayCallAtOnce) {
  const auto work = [&](cudaStream_t stream) {
    for (int i = 0; i < 50; ++i) {
      Array<int> value{0};
      put(stream, 1, 1, add, value.get(), 7);
      EXPECT_EQ(cudaStreamSynchronize(stream), cudaSuccess);
      EXPECT_EQ(value.values()[0], 7);
    }
  };
  std::thread first(work, stream_);
  std::thread second(work, other_);
  first.join();
  second.join();
}

}  // namespace
}  // namespace lacuna::emulation
