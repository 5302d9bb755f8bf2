#include "runtime/train/training_clock.hpp"

#include <algorithm>
#include <array>

namespace lacuna {

TrainingClock::TrainingClock(MemoryPool& pool, std::size_t terms)
    : runtime_(pool.runtime()),
      clock_(Array<Clock>::copy_of(pool, std::array{Clock{}})),
      sums_(Array<LossSum>::zeros(pool, static_cast<std::int64_t>(terms))) {}

void TrainingClock::prepare(const StepInput& input) {
  runtime_.copy_to_device(&clock_.data()->input, &input, sizeof(input));
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
