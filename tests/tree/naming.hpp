#pragma once

#include "tests/tree/rules.hpp"

/// Who may name what: the rules that keep tasks and models exchangeable.
namespace lacuna::tree {

/// A task's nouns (rating, user, item, image, patient and their plurals) stand in no identifier and
/// no string literal of kernels/, runtime/ and experiments/, but for the folders of tasks and of
/// families of data, the lists of them, benchmarks, and the help of the command line.
Violations task_nouns(std::string_view path, std::string_view text);

/// Models say what they compute; the program that they are recorded in says of what type. Settings
/// may be doubles.
Violations dtypes_of_models(std::string_view path, std::string_view text);

/// The models that the text of models/registry.hpp lists, without bars: "autorec", "cfnade".
std::vector<std::string> models_of(std::string_view registry);

/// A model is named by its own pair and the registry; elsewhere by benchmarks and tests only, and
/// by ops where a family of them has the same name.
Violations named_models(std::string_view path, std::string_view text,
                        const std::vector<std::string>& models);

/// Each model is a pair of files: models/cf_nade.hpp and .cpp.
Violations unpaired_models(const std::vector<std::string>& paths,
                           const std::vector<std::string>& models);

}  // namespace lacuna::tree
