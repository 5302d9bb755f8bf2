#pragma once

#include <span>
#include <string>
#include <vector>

#include "experiments/tasks/task.hpp"

namespace lacuna::experiments {

double mean_of(std::span<const float> values);

/// What stands beside a mean likelihood of rows, for figures, and what has to be said of it.
struct LikelihoodDetails {
  Details numbers;
  std::vector<std::string> remarks;
};

/// nll_std_error of the mean over rows; conditional_nll and count_cost where the likelihood is one
/// of a row given something of it times that of the latter; averaged_logits_nll where a model
/// averages. These two are no likelihoods: they are remarked on, and no score. `likelihoods` are
/// ln p of these rows.
LikelihoodDetails likelihood_details(DeviceContext& context, Model& model, const DeviceRows& rows,
                                     std::span<const float> likelihoods);

}  // namespace lacuna::experiments
