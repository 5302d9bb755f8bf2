#include "tests/tree/rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <set>
#include <sstream>

namespace lacuna::tree {
namespace {

std::vector<std::string> lines(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> result;
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

std::string place(std::string_view path, std::size_t index) {
  return std::string(path) + ":" + std::to_string(index + 1) + ": ";
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Position of `word` standing apart from letters, digits and underscores, or npos.
std::size_t find_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end])))
      return at;
  }
  return text.npos;
}

/// The line without comment and without what its string literals say.
std::string code_of(std::string_view line) {
  std::string code;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!quoted && line.substr(i).starts_with("//")) break;
    const bool escaped = i > 0 && line[i - 1] == '\\';
    if (line[i] == '"' && !escaped) quoted = !quoted;
    if (!quoted) code += line[i];
  }
  return code;
}

/// exit() as a free function; app.exit(error) is a method of the command line library.
bool calls_exit(std::string_view line) {
  const auto at = find_word(line, "exit");
  if (at == line.npos || !line.substr(at + 4).starts_with("(")) return false;
  const auto before = line.substr(0, at);
  return !before.ends_with(".") && !before.ends_with("->");
}

/// What an #include names, with the quote or bracket before it; empty where the line is none.
std::string_view included(std::string_view line) {
  const auto skip = [&line](std::string_view token) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const bool found = line.starts_with(token);
    if (found) line.remove_prefix(token.size());
    return found;
  };
  if (!skip("#") || !skip("include")) return {};
  skip("");
  return line.starts_with('"') || line.starts_with('<') ? line : std::string_view();
}

/// Layers from the bottom up; -1 for a path in none of them.
int layer(std::string_view path) {
  constexpr std::array<std::string_view, 5> layers = {"kernels/", "runtime/", "models/",
                                                      "experiments/", "tests/"};
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](std::string_view name) { return path.starts_with(name); });
  return found == layers.end() ? -1 : static_cast<int>(found - layers.begin());
}

bool is_cuda(std::string_view path) {
  return path.ends_with(".cu") || path.ends_with(".cuh");
}

bool is_package_name(std::string_view name) {
  return name.size() >= 2 && std::all_of(name.begin(), name.end(), [](char c) {
           return std::islower(static_cast<unsigned char>(c)) != 0 ||
                  std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' ||
                  c == '.';
         });
}

}  // namespace

Violations upward_includes(std::string_view path, std::string_view text) {
  Violations found;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto name = included(all[i]);
    if (name.empty()) continue;
    const int target = layer(name.substr(1));
    if (target < 0 && name.starts_with('"'))
      found.push_back(place(path, i) + "not rooted at the repository: " + all[i]);
    if (target > layer(path)) found.push_back(place(path, i) + "points upwards: " + all[i]);
  }
  return found;
}

Violations too_long(std::string_view path, std::string_view text, int limit) {
  const auto count = std::count(text.begin(), text.end(), '\n');
  if (count <= limit) return {};
  return {std::string(path) + ": " + std::to_string(count) + " lines, more than " +
          std::to_string(limit)};
}

Violations banned_words(std::string_view path, std::string_view text) {
  Violations found;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto code = code_of(all[i]);
    if (calls_exit(code)) found.push_back(place(path, i) + "exit(): throw a lacuna::Error instead");
    if (find_word(code, "using namespace std") != code.npos)
      found.push_back(place(path, i) + "using namespace std");
    for (const auto* note : {"TO"
                             "DO",
                             "FIX"
                             "ME"})
      if (find_word(all[i], note) != std::string::npos)
        found.push_back(place(path, i) + "unfinished work: " + note);
  }
  return found;
}

Violations missing_pragma_once(std::string_view path, std::string_view text) {
  if (!path.ends_with(".hpp") && !path.ends_with(".cuh")) return {};
  for (const auto& line : lines(text)) {
    if (line.empty() || line.starts_with("//")) continue;
    if (line == "#pragma once") return {};
    break;
  }
  return {std::string(path) + ": does not start with #pragma once"};
}

Violations plain_launches(std::string_view path, std::string_view text) {
  if (!is_cuda(path)) return {};
  Violations found;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (code_of(all[i]).find("<<<") != std::string::npos)
      found.push_back(place(path, i) + "<<<: call launch() of kernels/core/launch.hpp instead");
  }
  return found;
}

Violations incomplete_ops(const std::vector<std::string>& paths, std::string_view cases) {
  const std::set<std::string> present(paths.begin(), paths.end());
  std::set<std::string> stems;  // either file makes an op, so that the other one is missed, too
  for (const auto& path : paths)
    for (const std::string_view suffix : {"_cpu.cpp", "_case.cpp"})
      if (path.starts_with("kernels/") && path.ends_with(suffix))
        stems.insert(path.substr(0, path.size() - suffix.size()));
  Violations found;
  for (const auto& stem : stems) {
    for (const auto* part : {".hpp", "_cpu.cpp", "_cuda.cu", "_case.cpp"})
      if (!present.contains(stem + part)) found.push_back(stem + part + " is missing");
    const auto op = stem.substr(stem.rfind('/') + 1);
    if (find_word(cases, op) == cases.npos && find_word(cases, op + "_case") == cases.npos &&
        find_word(cases, op + "_cases") == cases.npos)
      found.push_back(stem + ": kernels/cases.cpp does not list " + op);
  }
  return found;
}

Violations unlisted_ops(std::string_view path, std::string_view text, std::string_view list,
                        std::string_view cases) {
  static const std::regex declaration(
      R"(void\s+(\w+)\(\s*const ExecContext& ctx,\s*const (\w+)<T>& op\))");
  Violations found;
  const std::string header(text);
  for (std::sregex_iterator at(header.begin(), header.end(), declaration), end; at != end; ++at) {
    const std::string function = (*at)[1];
    const std::string op = (*at)[2];
    if (find_word(list, op) == list.npos)
      found.push_back(std::string(path) + ": kernels/ops.hpp does not list " + op);
    if (find_word(cases, function) == cases.npos)
      found.push_back(std::string(path) + ": no case calls " + function);
  }
  return found;
}

Violations malformed_packages(std::string_view text) {
  Violations found;
  std::set<std::string> names;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].empty() || all[i].starts_with('#')) continue;
    std::istringstream words(all[i]);
    std::string group, name, rest;
    words >> group >> name >> rest;
    const bool known = group == "build" || group == "test" || group == "ci";
    if (!known || !is_package_name(name) || !rest.empty() || !names.insert(name).second)
      found.push_back(place("cmake/packages.txt", i) + all[i]);
  }
  return found;
}

Violations missing_commands(std::string_view readme) {
  Violations found;
  for (const auto* command : {"./lacuna train experiments/quickstart.json", "./lacuna test"})
    if (readme.find(command) == readme.npos)
      found.push_back(std::string("README.md does not show ") + command);
  return found;
}

}  // namespace lacuna::tree
