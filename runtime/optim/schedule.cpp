#include "runtime/optim/schedule.hpp"

#include <cmath>
#include <numbers>

namespace lacuna {

double Schedule::rate(int done) const {
  if (const auto* step = std::get_if<StepSchedule>(&config_)) {
    return std::pow(step->factor, done / step->every);
  }
  if (const auto* cosine = std::get_if<CosineSchedule>(&config_)) {
    const double angle = std::numbers::pi * done / epochs_;
    return cosine->floor + (1 - cosine->floor) * (1 + std::cos(angle)) / 2;
  }
  return plateau_rate_;
}

void Schedule::report(bool improved) {
  const auto* plateau = std::get_if<PlateauSchedule>(&config_);
  if (plateau == nullptr) return;
  stagnant_ = improved ? 0 : stagnant_ + 1;
  if (stagnant_ < plateau->patience) return;
  plateau_rate_ *= plateau->factor;
  stagnant_ = 0;
}

}  // namespace lacuna
