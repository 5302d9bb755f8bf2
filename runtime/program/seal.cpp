#include <algorithm>
#include <ranges>

#include "runtime/program/program.hpp"

namespace lacuna {

// Times of a replay: step i goes forward at i and backward at 2 n - 1 - i. Another program, which
// reads variables of this one, has been through all of its own before.
std::int64_t Program::time(const ShareNode& share) const {
  const auto last = 2 * static_cast<std::int64_t>(share.consumer->steps_.size()) - 1;
  if (share.consumer != this) return share.consumer->time(share) - last - 1;
  const auto step = static_cast<std::int64_t>(share.step);
  return share.writing.in == WrittenIn::forward ? step : last - step;
}

void Program::seal() {
  if (sealed_) return;
  sealed_ = true;
  if (!trains()) return;
  for (Program* reader : readers_) reader->seal();
  mark_live();
  for (Program* upstream : upstream_) upstream->seal();
  plan_gradients();
}

// An op without outputs is a loss.
void Program::mark_live() {
  for (Recorded& step : steps_ | std::views::reverse) {
    const bool live = step.outputs.empty() ||
                      std::ranges::any_of(step.outputs, [](auto* output) { return output->live; });
    if (!live) continue;
    for (ShareNode* share : step.shares) {
      share->wanted = share->variable->differentiable;
      step.wanted = step.wanted || share->wanted;
      share->variable->live = share->variable->live || share->wanted;
    }
  }
}

/// Elements of a gradient, or of a part that is yet to be added, and when they are in use.
struct Program::Lifetime {
  Tensor* memory;
  Shape shape;
  std::int64_t from;
  std::int64_t to;
  std::int64_t place = 0;
};

void Program::plan_gradients() {
  std::vector<Lifetime> lifetimes;
  for (VariableNode& variable : variables_) {
    for (Lifetime& lifetime : plan_shares(variable)) lifetimes.push_back(std::move(lifetime));
  }
  place(std::move(lifetimes));
  for (VariableNode& variable : variables_) {
    for (ShareNode* share : variable.shares) {
      if (share->wanted && !share->target.defined()) share->target = variable.gradient;
    }
  }
  for (ShareNode& share : shares_) {
    if (share.writing.always && !share.wanted) share.target = buffer(share.variable->value.shape());
  }
}

// The first to come writes, later ones add in place where they can; else to memory of their own,
// which is added behind their op's backward step.
std::vector<Program::Lifetime> Program::plan_shares(VariableNode& variable) {
  std::vector<ShareNode*> wanted;
  std::ranges::copy_if(variable.shares, std::back_inserter(wanted),
                       [](const ShareNode* share) { return share->wanted; });
  if (wanted.empty()) return {};
  std::ranges::stable_sort(wanted, {}, [this](const ShareNode* share) { return time(*share); });
  std::vector<Lifetime> lifetimes;
  const auto last = 2 * static_cast<std::int64_t>(steps_.size()) - 1;
  if (variable.parameter == nullptr) {
    lifetimes.push_back({.memory = &variable.gradient,
                         .shape = variable.value.shape(),
                         .from = time(*wanted.front()),
                         .to = last - static_cast<std::int64_t>(variable.step)});
  }
  for (ShareNode* share : wanted | std::views::drop(1)) {
    share->adds = share->writing.can_add;
    if (share->adds) continue;
    Recorded& step = share->consumer->steps_[share->step];
    step.to_add.push_back(share);
    if (share->consumer != this) {
      share->target = share->consumer->buffer(variable.value.shape());
    } else {
      lifetimes.push_back({.memory = &share->target,
                           .shape = variable.value.shape(),
                           .from = time(*share),
                           .to = last - static_cast<std::int64_t>(share->step)});
    }
  }
  if (variable.parameter != nullptr) {
    const ShareNode& final = *wanted.back();
    final.consumer->steps_[final.step].ready.push_back(variable.parameter);
  }
  return lifetimes;
}

// First fit, in order of their beginnings: no two that are in use at one time overlap.
void Program::place(std::vector<Lifetime> lifetimes) {
  constexpr std::int64_t alignment = 64 / sizeof(float);
  const auto extent = [](const Lifetime& lifetime) {
    return (element_count(lifetime.shape) + alignment - 1) / alignment * alignment;
  };
  std::ranges::stable_sort(lifetimes, {}, &Lifetime::from);
  std::vector<Lifetime*> placed;  // by place
  std::int64_t size = 0;
  for (Lifetime& next : lifetimes) {
    for (const Lifetime* other : placed) {
      if (other->to < next.from) continue;
      if (next.place + extent(next) <= other->place) break;
      next.place = std::max(next.place, other->place + extent(*other));
    }
    placed.insert(std::ranges::upper_bound(placed, next.place, {},
                                           [](const Lifetime* other) { return other->place; }),
                  &next);
    size = std::max(size, next.place + extent(next));
  }
  const Tensor memory = buffer({size});
  for (const Lifetime& lifetime : lifetimes) {
    *lifetime.memory = memory.slice(lifetime.place, lifetime.shape);
  }
}

}  // namespace lacuna
