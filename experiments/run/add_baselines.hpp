#pragma once

#include "experiments/plan.hpp"
#include "experiments/run/outcome.hpp"
#include "experiments/tasks/task.hpp"

namespace lacuna::experiments {

/// Whether the variants are about different data sets.
bool several_data_sets(const std::vector<Variant>& variants);

/// Adds what the models on a data set are measured against; named after the variant where there are
/// several data sets. Nothing where the variant may not look at the test data.
void add_baselines(Results& results, const Task& task, const Variant& variant, bool several_data);

}  // namespace lacuna::experiments
