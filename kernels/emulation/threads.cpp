// Lanes as threads, one for each lane of a block, named after it. One runs at a time and hands over
// where it waits, so that runs repeat exactly; ThreadSanitizer is shown the order that the kernel's
// own barriers make, and nothing of the handing over.
#include <fmt/format.h>
#include <pthread.h>

#include <functional>
#include <memory>
#include <semaphore>
#include <system_error>
#include <utility>
#include <vector>

#include "kernels/emulation/execution.hpp"
#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

namespace {

/// Leaves the kernel of a block that failed.
struct Abandoned {};

/// A thread with a small stack, since ThreadSanitizer clears a shadow of all of it; joined at the
/// end of its scope.
class Thread {
 public:
  explicit Thread(std::function<void()> body)
      : body_(std::make_unique<std::function<void()>>(std::move(body))) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 << 10);
    const auto start = [](void* run) -> void* {
      (*static_cast<std::function<void()>*>(run))();
      return nullptr;
    };
    const int error = pthread_create(&handle_, &attributes, start, body_.get());
    pthread_attr_destroy(&attributes);
    if (error != 0) throw std::system_error(error, std::generic_category(), "a lane's thread");
  }
  ~Thread() {
    if (body_) pthread_join(handle_, nullptr);
  }
  Thread(Thread&&) = default;
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

 private:
  std::unique_ptr<std::function<void()>> body_;
  pthread_t handle_{};
};

class Threads : public Engine {
 public:
  void run(Block& block) override {
    const Unordered guard;
    turns_ = std::vector<Turn>(block.size());
    std::vector<Thread> threads;
    try {
      for (Lane& lane : block.lanes()) {
        threads.emplace_back([this, &lane] { run(lane); });
      }
    } catch (const std::system_error& error) {
      block.fail(block.lanes()[threads.size()], error.what());
    }
    pass_on(block);
    host_turn_.come.acquire();
    for (Turn& turn : turns_) turn.come.release();  // those that a failure keeps waiting
  }

  void wait(Lane& lane) override {
    const Unordered guard;
    pass_on(*lane.block);
    take_turn(lane);
  }

 private:
  struct Turn {
    std::binary_semaphore come{0};
  };

  void run(Lane& lane) try {
    {
      const Unobserved unobserved;
      const Unordered unordered;
      name_thread(lane);
      take_turn(lane);
      enter_block(*lane.block);
    }
    run_lane(lane);
    const Unobserved unobserved;
    const Unordered unordered;
    pass_on(*lane.block);
  } catch (const Abandoned&) {
  }

  void pass_on(Block& block) {
    Lane* next = block.next();
    (next == nullptr ? host_turn_ : turns_[next->number]).come.release();
  }

  void take_turn(Lane& lane) {
    turns_[lane.number].come.acquire();
    if (lane.block->failed()) throw Abandoned{};
  }

  static void name_thread(const Lane& lane) {
    const dim3 grid = lane.block->launch().grid;
    const uint3 at = lane.block->index();
    const auto number = at.x + std::uint64_t{grid.x} * (at.y + std::uint64_t{grid.y} * at.z);
    const std::string name = fmt::format("b{} l{}", number, lane.number).substr(0, 15);
    pthread_setname_np(pthread_self(), name.c_str());
  }

  std::vector<Turn> turns_;  ///< by lane
  Turn host_turn_;
};

}  // namespace

std::unique_ptr<Engine> make_threads() {
  return std::make_unique<Threads>();
}

}  // namespace lacuna::emulation
