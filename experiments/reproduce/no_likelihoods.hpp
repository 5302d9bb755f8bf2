#pragma once

#include <string>

#include "experiments/reproduce/reproduce.hpp"

namespace lacuna::experiments {

/// What of a density is no likelihood and yet what a paper may have printed as one, where runs have
/// it, a Markdown list: for each series of each row the mean NLL given the number of a row's ones
/// and what that number costs, and the NLL of averaged logits, at each place.
std::string no_likelihoods_of(const ReproductionReport& report);

}  // namespace lacuna::experiments
