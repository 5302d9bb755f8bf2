#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "experiments/run/job.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/run/outcome.hpp"
#include "runtime/device_context.hpp"

namespace lacuna::experiments {

/// What a launch draws of its tested runs: of those of one seed, each at the epochs that were kept
/// and at its best one.
class LaunchPictures {
 public:
  /// Of a task that may have none. Refers to the context and the options.
  LaunchPictures(DeviceContext& context, const TaskKind& task, std::uint64_t seed,
                 const LaunchOptions& options);

  void add(const Outcome& outcome, const Job& job, const Task& task);
  /// What is told of them in numbers.
  std::vector<Finding> findings() const;
  /// The picture in the launch's folder; where it cannot be drawn, as without gnuplot, nothing,
  /// with a remark: it is an extra.
  std::optional<std::filesystem::path> write(const std::filesystem::path& folder) const;

 private:
  bool wants(const Job& job) const;

  DeviceContext& context_;
  const TaskKind& task_;
  std::uint64_t seed_;
  const LaunchOptions& options_;
  std::unique_ptr<Pictures> pictures_;  // nullptr: the task has none
};

}  // namespace lacuna::experiments
