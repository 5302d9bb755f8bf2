#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/reproduce/reproduce.hpp"
#include "runtime/config/json.hpp"

/// Whether what Sparsity Normalization gains over dropout's constant scale grows with how uneven
/// the counts of kept units are (*Why Not to Use Zero Imputation?*, Section 4.4).
namespace lacuna::experiments {

/// The degree of the variable sparsity problem in hidden layers of n units of which a share p is
/// dropped: the standard deviation of the count of those kept over its mean, sqrt(p / (n (1 - p))).
/// Of the first layer; nothing where it drops none.
std::optional<double> degree_of_sparsity(const config::Json& experiment);

/// How the gap between two series goes with that degree, in one panel or in panels together.
struct SparsitySlope {
  std::string row;  ///< the panel's name, or up to the last comma what several have in common
  std::string gap;  ///< "w/o SN minus w/ SN"
  int places = 0;   ///< that it goes through
  metrics::Interval slope;  ///< over the seeds: of each one's line by least squares
};

/// Of each panel whose cells have a degree, and of each set of panels; of a set, seeds that have
/// runs in all places count.
std::vector<SparsitySlope> sparsity_slopes(const ReproductionReport& report);

/// A Markdown list, computed from the intervals.
std::string slope_sentences(const std::vector<SparsitySlope>& slopes);

}  // namespace lacuna::experiments
