#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiments/report/html.hpp"
#include "experiments/report/record.hpp"

namespace lacuna::experiments::report {

/// Names and what they stand for.
using Values = std::vector<std::pair<std::string, std::string>>;

/// Values of something, to be shown beside those of others.
struct Facts {
  std::string label;
  Values values;
};

/// What `describe` says of each run: once for a variant whose runs agree, else run by run.
std::vector<Facts> facts_of(const std::vector<const VariantRecord*>& variants,
                            Values (*describe)(const RunRecord&));

/// A column for all that agree, a row per name; `all` heads the column where everybody agrees.
Rows side_by_side(const std::vector<Facts>& facts, const std::string& all);

/// The rows of side_by_side() in which the columns differ, under its header.
Rows differences(const Rows& rows);

}  // namespace lacuna::experiments::report
