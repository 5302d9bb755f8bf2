#pragma once

#include <memory>
#include <optional>

#include "experiments/tasks/probe/probe.hpp"
#include "experiments/tasks/rating_prediction/rating_task.hpp"

namespace lacuna::experiments {

inline constexpr ProbeWords rating_words{"user", "item", "rating"};

/// How predictions of test ratings move with the number of known ones; nothing where `evaluate` has
/// no probe, or there is no pair to look at.
std::optional<Probe> probe_ratings(DeviceContext& context, Model& model, const RatingTask& task,
                                   const Moment& moment);
std::unique_ptr<Pictures> rating_probes();

}  // namespace lacuna::experiments
