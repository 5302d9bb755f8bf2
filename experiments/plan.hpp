#pragma once

#include <filesystem>

#include "experiments/experiment.hpp"

namespace lacuna::experiments {

/// One experiment of a file, its variant's changes applied.
struct Variant {
  std::string name;  ///< empty where the file has no variants
  Experiment experiment;
};

/// A file as it is to be run: each variant with each seed. What a launch shares (name, seeds,
/// device, output) is the same in all its variants.
struct Plan {
  std::string name;
  std::vector<Variant> variants;  ///< in the file's order
  std::vector<std::uint64_t> seeds;
  SeedsVary seeds_vary = SeedsVary::training;
  std::string device;
  int threads = 0;
  OutputConfig output;
};

/// The variant as one run trains it: with this seed alone.
Experiment with_seed(const Variant& variant, std::uint64_t seed);

/// Reads `file`, applies each variant's changes and then `overrides` ("key.path=value"), and checks
/// all of it. Throws ConfigError with the place of the first fault, IoError where model.weights
/// names no file.
Plan load_plan(const std::filesystem::path& file, const std::vector<std::string>& overrides);

/// The plan with every default written out; make_plan() of it gives the same.
config::Json to_json(const Plan& plan);

/// Throws ConfigError where two variants' runs would share a folder.
void check_names(const std::vector<Variant>& variants);

/// A plan that to_json() has written, whether it can be run here or not. Throws ConfigError where
/// it is damaged.
Plan parse_plan(const config::Json& json, const std::vector<std::string>& overrides = {});

/// A plan that to_json() has written, with `overrides` of keys that do not change what has been
/// trained so far. Throws ConfigError, also for overrides of other keys.
Plan make_plan(const config::Json& json, const std::vector<std::string>& overrides);

/// Whether "key=value" says only where data and device are: of no concern to the results.
bool changes_place_only(std::string_view assignment);

}  // namespace lacuna::experiments
