#pragma once

#include <string>

#include "experiments/experiment.hpp"

namespace lacuna::experiments {

/// 16 hexadecimal digits that name what decides the results of a run of one seed: its data, model,
/// training, evaluation and seeds. Keys at their defaults do not count, so that one that is new
/// changes no name (a new default needs a new key, then); of the data's path only the file's name
/// does, since a ledger says the data's checksum.
std::string configuration_of(const Experiment& experiment);

/// The same of what is judged without being trained: data and evaluation only.
std::string data_configuration_of(const Experiment& experiment);

}  // namespace lacuna::experiments
