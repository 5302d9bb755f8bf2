#pragma once

#include <string>
#include <string_view>

#include "experiments/reproduce/reproduce.hpp"

/// What training did to the share of the first hidden layer's units that are 0 in a test row
/// (*Sparsity Normalization* v1, Figure 4), where runs were asked for it
/// (`evaluate.layer_sparsity`).
namespace lacuna::experiments {

/// Of the details' names, up to what moment it is of.
inline constexpr std::string_view layer_zeros = "layer1_zeros_";
inline constexpr std::string_view before_training = "layer1_zeros_before_";

/// A Markdown list: for each series of each row the mean share before and after at each place, with
/// the paired interval of the difference.
std::string zeros_sentences(const ReproductionReport& report);

}  // namespace lacuna::experiments
