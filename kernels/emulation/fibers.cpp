// Lanes as fibers of the thread that runs the kernel. A fiber runs lane after lane as long as they
// end without waiting, so that kernels without barriers never switch; one that waits switches
// directly to the next. Fibers are kept, since making one costs more than many switches.
#include <array>
#include <boost/context/fiber.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "kernels/emulation/execution.hpp"
#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

namespace {

namespace context = boost::context;

/// AddressSanitizer keeps the marks of frames that were unwound, or never left, for what is mapped
/// at the same address later.
struct CleanStacks : context::protected_fixedsize_stack {
  using Stacks = context::protected_fixedsize_stack;
  using Stacks::Stacks;
  void deallocate(context::stack_context& stack) noexcept {
    unpoison(static_cast<char*>(stack.sp) - stack.size, stack.size);
    Stacks::deallocate(stack);
  }
};

/// A stack and, while something else runs, where it goes on.
struct Fiber {
  context::fiber rest;
  const void* bottom = nullptr;
  std::size_t bytes = 0;
  void* kept = nullptr;  ///< AddressSanitizer's, while something else runs
  Lane* lane = nullptr;  ///< the one that runs or waits here
};

class Fibers : public Engine {
 public:
  ~Fibers() override { drop(); }

  void run(Block& block) override {
    stay_on_this_thread();
    enter_block(block);
    if (Lane* lane = block.next()) switch_to(fiber_of(*lane));
    if (block.failed()) drop();
  }

  void wait(Lane& lane) override {
    waiting_[lane.number] = running_;
    Lane* next = lane.block->next();
    switch_to(next == nullptr ? host_ : fiber_of(*next));
    enter_lane(lane);
  }

 private:
  /// Where a lane that can run waits or, if it is fresh, an idle fiber.
  Fiber& fiber_of(Lane& lane) {
    if (Fiber* fiber = std::exchange(waiting_[lane.number], nullptr)) return *fiber;
    if (idle_.empty()) add_fiber();
    Fiber& fiber = *idle_.back();
    idle_.pop_back();
    fiber.lane = &lane;
    return fiber;
  }

  void add_fiber() {
    CleanStacks allocator(stack_bytes);
    const context::stack_context stack = allocator.allocate();
    Fiber& fiber = *fibers_.emplace_back(std::make_unique<Fiber>());
    fiber.bottom = static_cast<char*>(stack.sp) - stack.size;
    fiber.bytes = stack.size;
    fiber.rest =
        context::fiber(std::allocator_arg, context::preallocated(stack.sp, stack.size, stack),
                       allocator, [this, &fiber](context::fiber&& from) {
                         arrive(fiber, std::move(from));
                         return work(fiber);
                       });
    idle_.push_back(&fiber);
  }

  /// What runs on a fiber's stack.
  context::fiber work(Fiber& self) {
    struct Departure {  // the fiber is unwound
      Fiber& host;
      ~Departure() { leave_stack(nullptr, host.bottom, host.bytes); }
    } departure{host_};
    for (;;) {
      run_lane(*self.lane);
      Lane* next = self.lane->block->next();
      if (next != nullptr && waiting_[next->number] == nullptr) {
        self.lane = next;
      } else {
        idle_.push_back(&self);
        switch_to(next == nullptr ? host_ : fiber_of(*next));
      }
    }
  }

  void switch_to(Fiber& to) {
    Fiber& from = *std::exchange(running_, &to);
    struct Unwinding {  // drop() is another way to arrive here, maybe from another thread
      Fiber& host;
      Fiber* fiber;
      ~Unwinding() {
        if (fiber != nullptr) enter_stack(fiber->kept, &host.bottom, &host.bytes);
      }
    } unwinding{host_, &from};
    came_from_ = &from;
    leave_stack(&from.kept, to.bottom, to.bytes);
    context::fiber rest = std::move(to.rest).resume();
    unwinding.fiber = nullptr;
    arrive(from, std::move(rest));
  }

  /// Called first after each switch, on the stack that goes on; `rest` is that of the one before.
  void arrive(Fiber& here, context::fiber&& rest) {
    enter_stack(here.kept, &came_from_->bottom, &came_from_->bytes);
    came_from_->rest = std::move(rest);
  }

  /// Compilers may keep addresses of thread-local variables over a switch.
  void stay_on_this_thread() {
    if (std::exchange(thread_, std::this_thread::get_id()) != std::this_thread::get_id()) drop();
  }

  /// Unwinds all fibers, whether idle or waiting in a kernel.
  void drop() {
    for (const auto& fiber : fibers_) {
      leave_stack(&host_.kept, fiber->bottom, fiber->bytes);
      fiber->rest = {};
      enter_stack(host_.kept, nullptr, nullptr);
    }
    fibers_.clear();
    idle_.clear();
    waiting_.fill(nullptr);
  }

  std::thread::id thread_;
  std::vector<std::unique_ptr<Fiber>> fibers_;
  std::vector<Fiber*> idle_;
  std::array<Fiber*, max_block_threads> waiting_{};  ///< by lane
  Fiber host_;
  Fiber* running_ = &host_;
  Fiber* came_from_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> make_fibers() {
  return std::make_unique<Fibers>();
}

}  // namespace lacuna::emulation
