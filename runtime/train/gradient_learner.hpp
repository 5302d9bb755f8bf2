#pragma once

#include <functional>
#include <memory>

#include "runtime/train/model.hpp"

namespace lacuna {

/// Learning by gradients: `record` records what leads to the losses of a step; their gradients go
/// to the optimiser, with the penalty on weights, as the configuration says.
std::unique_ptr<Learner> gradient_learner(const Training& training,
                                          std::vector<Parameter*> parameters,
                                          const std::function<void(Program&)>& record);

}  // namespace lacuna
