#include "kernels/emulation/execution.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "kernels/emulation/device_functions.hpp"
#include "kernels/emulation/lane_calls.hpp"
#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

namespace {

std::unique_ptr<Engine> make_engine(EngineKind kind) {
  auto engine = kind == EngineKind::fibers ? make_fibers() : make_threads();
  if (!engine) throw std::runtime_error("this build emulates kernels on threads only");
  return engine;
}

std::unique_ptr<Engine> first_engine() {
  const char* variable = std::getenv("LACUNA_EMULATION");
  const std::string name = variable == nullptr ? "" : variable;
  if (name == "threads") return make_threads();
  if (name == "fibers") return make_engine(EngineKind::fibers);
  if (!name.empty()) {
    throw std::runtime_error("LACUNA_EMULATION is '" + name + "'; use 'fibers' or 'threads'");
  }
  auto fibers = make_fibers();
  return fibers ? std::move(fibers) : make_threads();
}

/// Kernels run one at a time, under the lock of the runtime's calls.
std::unique_ptr<Engine>& engine() {
  static std::unique_ptr<Engine> instance = first_engine();
  return instance;
}

/// What the calling thread runs.
constinit thread_local Lane* running = nullptr;

/// At the end of a scope, however it ends.
struct Releases {
  void* address;
  ~Releases() { release(address); }
};
struct Acquires {
  void* address;
  ~Acquires() { acquire(address); }
};

}  // namespace

void select_engine(EngineKind kind) {
  engine() = make_engine(kind);
}

void execute(const Launch& launch) {
  Engine& chosen = *engine();
  const Unobserved guard;
  release(launch.start());
  const Acquires after{launch.finish()};
  uint3 index{};
  for (index.z = 0; index.z < launch.grid.z; ++index.z) {
    for (index.y = 0; index.y < launch.grid.y; ++index.y) {
      for (index.x = 0; index.x < launch.grid.x; ++index.x) {
        Block block(launch, index, chosen);
        chosen.run(block);
        running = nullptr;
        if (block.failed()) throw KernelFailure(block.failure());
      }
    }
  }
}

void enter_block(const Block& block) {
  blockIdx = block.index();
  blockDim = block.launch().block;
  gridDim = block.launch().grid;
}

void enter_lane(Lane& lane) {
  running = &lane;
  threadIdx = lane.index;
}

void run_lane(Lane& lane) {
  const Launch& launch = *[&] {
    const Unobserved guard;
    enter_lane(lane);
    acquire(lane.block->launch().start());
    return &lane.block->launch();
  }();
  {
    const Releases after{launch.finish()};
    launch.body();
  }
  const Unobserved guard;
  lane.block->end(lane);
}

std::uint64_t meet(const Request& request) {
  Lane& lane = *running;
  const Unobserved guard;
  if (!lane.block->arrive(lane, request)) lane.block->engine().wait(lane);
  acquire(&lane.result);
  return lane.result;
}

void* shared_memory(const void* key, std::size_t bytes, std::size_t alignment) {
  Lane& lane = *running;
  Block& block = *lane.block;
  const Unobserved guard;
  void* array = block.shared().array(key, bytes, alignment);
  if (array == nullptr) {
    block.fail(lane, "asks for more than the 48 KiB of static shared memory a block has");
    block.engine().wait(lane);
  }
  return array;
}

const char* current_lane_text() {
  if (running == nullptr) return nullptr;
  static thread_local std::string text;
  text = running->block->describe(*running);
  return text.c_str();
}

}  // namespace lacuna::emulation

/// AddressSanitizer calls it before a report: names the lane that ran. Here, since a library's file
/// of which nothing else is used is not linked.
extern "C" void __asan_on_error();
extern "C" void __asan_on_error() {
  const char* lane = lacuna::emulation::current_lane_text();
  if (lane != nullptr) std::fprintf(stderr, "in %s\n", lane);
}
