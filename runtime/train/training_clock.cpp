#include "runtime/train/training_clock.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "kernels/optim/set_input.hpp"

namespace lacuna {

TrainingClock::TrainingClock(MemoryPool& pool, std::size_t terms)
    : runtime_(pool.runtime()),
      clock_(Array<Clock>::copy_of(pool, std::array{Clock{}})),
      sums_(Array<LossSum>::zeros(pool, static_cast<std::int64_t>(terms))),
      readback_(runtime_.make_readback(sizeof(Clock) + sums_.span().size_bytes())) {}

void TrainingClock::ask() const {
  readback_->fetch(clock_.data(), sizeof(Clock));
  readback_->fetch(sums_.data(), sums_.span().size_bytes(), sizeof(Clock));
}

TrainingClock::Reading TrainingClock::answer() const {
  const std::byte* answer = readback_->wait();
  Reading reading{.clock = {}, .sums = std::vector<LossSum>(sums_.span().size())};
  std::memcpy(&reading.clock, answer, sizeof(Clock));
  std::memcpy(reading.sums.data(), answer + sizeof(Clock), sums_.span().size_bytes());
  return reading;
}

TrainingClock::Reading TrainingClock::read() const {
  ask();
  return answer();
}

void TrainingClock::prepare(const ExecContext& ctx, const StepInput& input) const {
  set_input<float>(ctx, {input, &clock_.data()->input});
}

void TrainingClock::clear_sums() const {
  runtime_.clear(sums_.data(), sums_.span().size_bytes());
}

void TrainingClock::restore_sums(std::span<const LossSum> sums) const {
  std::vector<LossSum> all(sums_.span().size());
  std::ranges::copy(sums.first(std::min(sums.size(), all.size())), all.begin());
  sums_.assign(all);
}

}  // namespace lacuna
