#pragma once

#include <optional>

#include "experiments/run/outcome.hpp"

namespace lacuna::experiments {

struct Job;

/// Finished runs that are kept somewhere beside their folders.
class KnownRuns {
 public:
  virtual ~KnownRuns() = default;

  /// How the job ended, if it has been done before; it is not done again then.
  virtual std::optional<Outcome> find(const Job& job) const = 0;
  /// Keeps a job that has come to its end, whose folder holds its files.
  virtual void add(const Job& job) = 0;
};

}  // namespace lacuna::experiments
