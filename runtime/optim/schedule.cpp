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
  return std::holds_alternative<PlateauSchedule>(config_) ? plateau_.rate : 1;
}

void Schedule::report(bool improved) {
  const auto* plateau = std::get_if<PlateauSchedule>(&config_);
  if (plateau == nullptr) return;
  plateau_.stagnant = improved ? 0 : plateau_.stagnant + 1;
  if (plateau_.stagnant < plateau->patience) return;
  plateau_.rate *= plateau->factor;
  plateau_.stagnant = 0;
}

}  // namespace lacuna
