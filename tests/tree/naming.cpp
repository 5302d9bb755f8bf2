#include "tests/tree/naming.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "tests/tree/words.hpp"

namespace lacuna::tree {
namespace {

std::string place(std::string_view path, const Word& word) {
  return std::string(path) + ":" + std::to_string(word.line) + ": ";
}

bool starts_with_any(std::string_view path, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](auto prefix) { return path.starts_with(prefix); });
}

/// Whether the path leads into a folder below `folder`.
bool below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && path.substr(folder.size()).find('/') != path.npos;
}

bool is_noun(std::string part) {
  constexpr std::array<std::string_view, 5> nouns{"rating", "user", "item", "image", "patient"};
  if (part.ends_with('s')) part.pop_back();
  return std::ranges::find(nouns, part) != nouns.end();
}

/// The lists of tasks and of sources of data.
bool is_list(std::string_view path) {
  return path.starts_with("experiments/tasks/") && !below(path, "experiments/tasks/");
}

bool is_exempt(std::string_view path, const Word& word, std::string_view part) {
  const bool help = path == "experiments/cli/cli.cpp" && word.in_string;
  const bool json_schema = path.starts_with("runtime/config/schema.") && part == "items";
  const bool css = path.starts_with("experiments/report/stylesheet.") && word.in_string;
  const bool cuda = part == "image" && (path.starts_with("kernels/emulation/") ||  // of a kernel
                                        std::ranges::count(word.parts, "kernel") > 0);
  return help || json_schema || css || cuda;
}

/// Whether `parts` hold the parts of `name`, one after the other, however it is written.
bool names(const std::vector<std::string>& parts, const std::string& name) {
  for (std::size_t first = 0; first < parts.size(); ++first) {
    std::string joined;
    for (std::size_t i = first; i < parts.size() && joined.size() < name.size(); ++i) {
      joined += parts[i];
    }
    if (joined == name) return true;
  }
  return false;
}

/// What of a line of code chooses between types of numbers. Settings are doubles: one may be read
/// out of a variant or computed.
std::string_view named_dtype(std::string_view code) {
  for (const std::string_view dtype : {"template <class T>", "float", "DType"}) {
    if (code.find(dtype) != code.npos) return dtype;
  }
  constexpr std::string_view dtype = "<double>";
  for (auto at = code.find(dtype); at != code.npos; at = code.find(dtype, at + 1)) {
    const std::string_view before = code.substr(0, at);
    const auto settings = {"get",         "get_if",   "holds_alternative",
                           "static_cast", "optional", "vector"};
    if (std::ranges::none_of(settings, [&](auto name) { return before.ends_with(name); })) {
      return dtype;
    }
  }
  return {};
}

/// Of ops: kernels/rbm/ is named after what it computes, as is the model.
bool is_family(std::string_view model) {
  return model == "rbm";
}

/// Whether the name is a word of sentences, too: then it names the model in front of others only,
/// as in MadeConfig and made_step.
bool is_plain(const Word& word, std::string_view model) {
  return model == "made" && (word.parts.size() == 1 || word.parts.front() != model);
}

/// "models/cf_nade.hpp" -> "cfnade".
std::string stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  std::string stem(path.substr(0, path.find('.')));
  std::erase(stem, '_');
  return stem;
}

}  // namespace

Violations task_nouns(std::string_view path, std::string_view text) {
  if (!starts_with_any(path, {"kernels/", "runtime/", "experiments/"})) return {};
  if (below(path, "experiments/tasks/") || below(path, "runtime/data/") || is_list(path) ||
      path.starts_with("experiments/bench/")) {
    return {};
  }
  Violations found;
  for (const Word& word : words_of(text)) {
    for (const std::string& part : word.parts) {
      if (!is_noun(part) || is_exempt(path, word, part)) continue;
      found.push_back(place(path, word) + "a task's noun: " + part);
    }
  }
  return found;
}

Violations dtypes_of_models(std::string_view path, std::string_view text) {
  if (!path.starts_with("models/")) return {};
  Violations found;
  std::istringstream stream{std::string(text)};
  std::string line;
  for (std::size_t number = 1; std::getline(stream, line); ++number) {
    const auto dtype = named_dtype(std::string_view(line).substr(0, line.find("//")));
    if (dtype.empty()) continue;
    found.push_back(std::string(path) + ":" + std::to_string(number) +
                    ": names a dtype: " + std::string(dtype));
  }
  return found;
}

std::vector<std::string> models_of(std::string_view registry) {
  const auto name = registry.find("using ModelConfig =");
  const auto begin = registry.find("std::variant<", name);  // on a line of its own where it is long
  if (name == registry.npos || begin == registry.npos) return {};
  const auto alternatives = registry.substr(registry.find('<', begin) + 1);
  std::vector<std::string> models;
  for (Word& word : words_of(alternatives.substr(0, alternatives.find('>')))) {
    if (word.parts.empty() || word.parts.back() != "config") continue;
    word.parts.pop_back();
    std::string model;
    for (const std::string& part : word.parts) model += part;
    models.push_back(std::move(model));
  }
  return models;
}

Violations named_models(std::string_view path, std::string_view text,
                        const std::vector<std::string>& models) {
  if (!starts_with_any(path, {"kernels/", "runtime/", "experiments/", "models/"})) return {};
  if (starts_with_any(path, {"experiments/bench/", "models/registry."})) return {};
  Violations found;
  for (const std::string& model : models) {
    if (path.starts_with("models/") && stem_of(path) == model) continue;
    if (is_family(model) && starts_with_any(path, {"kernels/", "runtime/ops/"})) continue;
    for (const Word& word : words_of(text)) {
      if (!names(word.parts, model) || is_plain(word, model)) continue;
      found.push_back(place(path, word) + "names the model " + model);
    }
  }
  return found;
}

Violations unpaired_models(const std::vector<std::string>& paths,
                           const std::vector<std::string>& models) {
  Violations found;
  for (const std::string& model : models) {
    for (const std::string_view ending : {".hpp", ".cpp"}) {
      const bool there = std::ranges::any_of(paths, [&](const std::string& path) {
        return path.starts_with("models/") && path.ends_with(ending) && stem_of(path) == model;
      });
      if (!there) found.push_back("models/" + model + std::string(ending) + " is missing");
    }
  }
  return found;
}

}  // namespace lacuna::tree
