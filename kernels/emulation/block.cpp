#include "kernels/emulation/block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "kernels/emulation/sanitizers.hpp"

namespace lacuna::emulation {

Block::Block(const Launch& launch, uint3 index, Engine& engine)
    : launch_(launch), index_(index), engine_(engine) {
  const dim3 size = launch.block;
  lanes_.resize(std::size_t{size.x} * size.y * size.z);
  for (unsigned i = 0; i < lanes_.size(); ++i) {
    lanes_[i].block = this;
    lanes_[i].number = i;
    lanes_[i].index = {i % size.x, i / size.x % size.y, i / size.x / size.y};
  }
  waiting_.resize((lanes_.size() + warp_lanes - 1) / warp_lanes);
  runnable_.reserve(lanes_.size());
}

Lane* Block::next() {
  if (failed()) return nullptr;
  if (started_ < lanes_.size()) return &lanes_[started_++];
  if (!runnable_.empty()) {
    Lane* lane = runnable_.back();
    runnable_.pop_back();
    return lane;
  }
  if (ended_ < lanes_.size()) explain_stall();
  return nullptr;
}

bool Block::arrive(Lane& lane, const Request& request) {
  lane.request = request;
  lane.state = Lane::State::waiting;
  release(&lane.request);
  if (request.operation == Operation::syncthreads) return arrive_at_barrier(lane);
  return acceptable(lane) && arrive_in_warp(lane);
}

void Block::end(Lane& lane) {
  lane.state = Lane::State::ended;
  ++ended_;
}

bool Block::arrive_at_barrier(Lane& lane) {
  if (at_barrier_ == 0) first_at_barrier_ = &lane;
  if (!same_call(lane.request, first_at_barrier_->request)) {
    fail(lane, "waits at " + text(lane.request) + ", but lane " +
                   std::to_string(first_at_barrier_->number) + " waits at " +
                   text(first_at_barrier_->request) +
                   "; all lanes of a block must come to the same __syncthreads");
    return false;
  }
  if (++at_barrier_ < lanes_.size()) return false;
  at_barrier_ = 0;
  for (Lane& each : lanes_) acquire(&each.request);
  for (Lane& each : lanes_) let_go(each, lane);
  return true;
}

/// What a lane must not ask for, whatever the others do.
bool Block::acceptable(const Lane& lane) {
  const Request& request = lane.request;
  if ((request.mask >> lane.in_warp() & 1U) == 0) {
    fail(lane, "calls " + text(request) + ", but is not in the mask itself");
  } else if (!std::has_single_bit(request.width) || request.width > warp_lanes) {
    fail(lane, "calls " + text(request) + " with width " + std::to_string(request.width) +
                   "; it must be a power of two up to 32");
  } else if (const unsigned source = shuffle_source(request, lane.in_warp());
             (request.mask >> source & 1U) == 0) {
    fail(lane, "calls " + text(request) + " and reads from lane " +
                   std::to_string(first_of_warp(lane) + source) + ", which is not in the mask");
  }
  return !failed();
}

bool Block::arrive_in_warp(Lane& lane) {
  const unsigned mask = lane.request.mask;
  const unsigned first = first_of_warp(lane);
  unsigned& waiting = waiting_[lane.number / warp_lanes];
  waiting |= 1U << lane.in_warp();
  if ((waiting & mask) != mask) return false;
  const auto for_each = [&](auto&& f) {
    for (unsigned rest = mask; rest != 0; rest &= rest - 1) {
      f(lanes_[first + static_cast<unsigned>(std::countr_zero(rest))]);
    }
  };
  bool same = true;
  for_each([&](Lane& each) { same = same && same_call(each.request, lane.request); });
  if (!same) return false;
  for_each([&](Lane& each) { acquire(&each.request); });
  exchange(first, mask);
  waiting &= ~mask;
  for_each([&](Lane& each) { let_go(each, lane); });
  return true;
}

/// The results of a call that all lanes of the mask have come to.
void Block::exchange(unsigned first, unsigned mask) {
  const auto lane = [&](unsigned i) -> Lane& { return lanes_[first + i]; };
  std::uint64_t ballot = 0;
  const unsigned begin = static_cast<unsigned>(std::countr_zero(mask));
  const unsigned end = warp_lanes - static_cast<unsigned>(std::countl_zero(mask));
  for (unsigned i = begin; i < end; ++i) {
    if ((mask >> i & 1U) != 0 && lane(i).request.value != 0) ballot |= 1U << i;
  }
  for (unsigned i = begin; i < end; ++i) {
    if ((mask >> i & 1U) == 0) continue;
    Lane& each = lane(i);
    switch (each.request.operation) {
      case Operation::syncthreads:
      case Operation::syncwarp:
        break;
      case Operation::shfl:
      case Operation::shfl_up:
      case Operation::shfl_down:
      case Operation::shfl_xor:
        each.result = lane(shuffle_source(each.request, i)).request.value;
        break;
      case Operation::ballot:
        each.result = ballot;
        break;
      case Operation::any:
        each.result = ballot != 0;
        break;
      case Operation::all:
        each.result = ballot == mask;
        break;
      case Operation::match_any:
        each.result = 0;
        for (unsigned j = begin; j < end; ++j) {
          const bool matches = lane(j).request.value == each.request.value;
          if ((mask >> j & 1U) != 0 && matches) each.result |= 1U << j;
        }
        break;
    }
  }
}

void Block::let_go(Lane& lane, const Lane& last) {
  lane.state = Lane::State::runnable;
  release(&lane.result);
  if (&lane != &last) runnable_.push_back(&lane);
}

void Block::fail(const Lane& lane, const std::string& what) {
  if (!failed()) failure_ = describe(lane) + ": " + what;
}

std::string Block::describe(const Lane& lane) const {
  return fmt::format("kernel {}, block ({},{},{}), lane {}", launch_.kernel, index_.x, index_.y,
                     index_.z, lane.number);
}

/// A lane that keeps `lane`, which waits, from going on; nullptr if its mask names one beyond the
/// block.
const Lane* Block::missing_for(const Lane& lane) const {
  const bool whole_block = lane.request.operation == Operation::syncthreads;
  const unsigned first = whole_block ? 0 : first_of_warp(lane);
  const unsigned count = whole_block ? size() : warp_lanes;
  for (unsigned i = 0; i < count; ++i) {
    if (!whole_block && (lane.request.mask >> i & 1U) == 0) continue;
    if (first + i >= size()) return nullptr;
    const Lane& other = lanes_[first + i];
    if (other.state != Lane::State::waiting || !same_call(other.request, lane.request)) {
      return &other;
    }
  }
  return nullptr;
}

void Block::explain_stall() {
  // A lane at the block's barrier often waits for one that is stuck in its warp: that one tells
  // more.
  const auto waits = [](const Lane& lane) { return lane.state == Lane::State::waiting; };
  const auto in_warp = [&](const Lane& lane) {
    return waits(lane) && lane.request.operation != Operation::syncthreads;
  };
  auto stuck = std::ranges::find_if(lanes_, in_warp);
  if (stuck == lanes_.end()) stuck = std::ranges::find_if(lanes_, waits);
  const Lane* other = missing_for(*stuck);
  std::string why = "waits at " + text(stuck->request) + " for ever: ";
  if (other == nullptr) {
    why += "the mask names lanes beyond the block's " + std::to_string(size());
  } else if (other->state == Lane::State::ended) {
    why += "lane " + std::to_string(other->number) + " has ended";
  } else {
    why += "lane " + std::to_string(other->number) + " waits at " + text(other->request);
  }
  fail(*stuck, why);
}

}  // namespace lacuna::emulation
