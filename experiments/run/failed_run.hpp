#pragma once

#include "experiments/run/job.hpp"
#include "experiments/run/outcome.hpp"
#include "runtime/failure.hpp"

/// Runs that an error ended, among others that go on.
namespace lacuna::experiments {

/// The outcome of a job that `failure` ended: what it had come to before, or what its metrics.jsonl
/// tells, with the failure.
Outcome failed_outcome(const Job& job, const Failure& failure);

/// Keeps it in the job's folder: result.json, and resolved.json where there is none. A folder that
/// another process works in, that cannot be written, or whose run had come to its end before, is
/// left as it is.
void record_failure(const Job& job, const Outcome& outcome);

/// What the first of these runs that failed ends the program with; ok where none did.
ExitCode first_failure(const std::vector<Outcome>& runs);

/// Whether the run came to its end. What ended for a reason outside of its settings, as
/// missing data or memory, is over unless it is to be tried again.
bool is_over(const Outcome& outcome, bool try_again);

}  // namespace lacuna::experiments
