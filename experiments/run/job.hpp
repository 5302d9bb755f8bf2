#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/plan.hpp"

namespace lacuna::experiments {

/// One training of a launch.
struct Job {
  std::string variant;
  std::uint64_t seed = 0;
  Experiment experiment;  ///< with this seed alone
  std::string label;      ///< for people
  std::filesystem::path folder;
};

/// The training of a variant with a seed; `folder` is the launch's, and empty where it has none
/// yet.
Job job_of(const Plan& plan, const Variant& variant, std::uint64_t seed,
           const std::filesystem::path& folder);

/// All trainings of a launch, variant by variant.
std::vector<Job> jobs_of(const Plan& plan, const std::filesystem::path& folder);

}  // namespace lacuna::experiments
