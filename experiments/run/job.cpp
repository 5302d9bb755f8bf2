#include "experiments/run/job.hpp"

#include <fmt/format.h>

#include "runtime/io/run_directory.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

Job job_of(const Plan& plan, const Variant& variant, std::uint64_t seed, const fs::path& folder) {
  const std::string name = variant.name.empty() ? plan.name : variant.name;
  return {.variant = variant.name,
          .seed = seed,
          .experiment = with_seed(variant, seed),
          .label = plan.seeds.size() == 1 ? name : fmt::format("{} seed {}", name, seed),
          .folder = folder.empty() ? fs::path() : io::run_folder(folder, variant.name, seed)};
}

std::vector<Job> jobs_of(const Plan& plan, const fs::path& folder) {
  std::vector<Job> jobs;
  for (const Variant& variant : plan.variants) {
    for (const std::uint64_t seed : plan.seeds) jobs.push_back(job_of(plan, variant, seed, folder));
  }
  return jobs;
}

}  // namespace lacuna::experiments
