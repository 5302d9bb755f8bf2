#include "experiments/sweep/sweep_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/run/groups.hpp"
#include "experiments/run/launch_folder.hpp"
#include "experiments/run/stored_json.hpp"
#include "experiments/tasks/task_kind.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/gnuplot.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view choice_file = "choice.json";

std::string quoted(std::string text) {
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
    text.insert(at, 1, '"');
  }
  return '"' + std::move(text) + '"';
}

std::string number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

/// Every key that is changed in some set.
std::set<std::string> keys_of(const std::vector<Candidate>& candidates) {
  std::set<std::string> keys;
  for (const Candidate& candidate : candidates) {
    for (const auto& [key, value] : candidate.changes) keys.insert(key);
  }
  return keys;
}

std::string line(const std::string& phase, const std::string& arm, const Changes& changes,
                 const std::set<std::string>& keys, const std::vector<const ScoreForm*>& forms,
                 const Outcome& outcome) {
  std::string text = fmt::format("{},{},{}", phase, quoted(arm), outcome.seed);
  for (const std::string& key : keys) {
    const auto found = changes.find(key);
    text += ',';
    if (found == changes.end()) continue;
    const std::string value = config::dump(found->second, 0);
    text += found->second.is_number() ? value : quoted(value);
  }
  text += fmt::format(",{},{}", number(outcome.training.best.value), outcome.training.best_epoch);
  for (const ScoreForm* form : forms) {
    text += ',' + (outcome.test ? number(value_of(*outcome.test, *form)) : "");
  }
  return text + fmt::format(",{:.2f},{}\n", outcome.training.seconds,
                            outcome.failure.empty() ? "" : quoted(outcome.failure));
}

/// That the search chooses by.
const Metric& metric_of(const Results& searched) {
  return *searched.outcomes.front().training.best.metric;
}

std::string search_script(const std::vector<Candidate>& candidates, const Results& searched) {
  std::vector<std::string> arms;
  for (const Candidate& candidate : candidates) {
    if (std::ranges::find(arms, candidate.arm) == arms.end()) arms.push_back(candidate.arm);
  }
  const std::set<std::string> keys = keys_of(candidates);
  // Over the key's value where it is the only one, else over the sets' numbers.
  const bool one_number =
      keys.size() == 1 && std::ranges::all_of(candidates, [&](const Candidate& candidate) {
        const auto found = candidate.changes.find(*keys.begin());
        return found != candidate.changes.end() && found->second.is_number() &&
               found->second.as_double() > 0;
      });
  std::string data;
  std::string curves;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    data += fmt::format("$arm{} << EOD\n", arm);
    int index = 0;
    for (const Candidate& candidate : candidates) {
      if (candidate.arm != arms[arm]) continue;
      ++index;
      const double x = one_number ? candidate.changes.begin()->second.as_double() : index;
      for (const Outcome& outcome : searched.outcomes) {
        const double y = outcome.training.best.value;
        if (outcome.variant == candidate.variant.name && !std::isnan(y)) {
          data += fmt::format("{} {}\n", x, y);
        }
      }
    }
    data += "EOD\n";
    curves += fmt::format("{}$arm{} smooth unique with linespoints linewidth 2 title {}",
                          arm == 0 ? "plot " : ", ", arm,
                          io::gnuplot_quote(arms[arm].empty() ? searched.name : arms[arm]));
  }
  const std::string label = one_number ? *keys.begin() : "set";
  return fmt::format("{}set xlabel {}\nset ylabel {}\nset grid\n{}set key top left\n{}\n", data,
                     io::gnuplot_quote(label),
                     io::gnuplot_quote(fmt::format("validation {}", metric_of(searched).title)),
                     one_number ? "set logscale x\n" : "", curves);
}

}  // namespace

fs::path create_sweep_folder(const Plan& plan) {
  return create_launch_folder(plan, sweep_file);
}

std::optional<StoredSweep> find_sweep(const fs::path& folder,
                                      const std::vector<std::string>& overrides) {
  const fs::path path = io::expand_home(folder.string());
  if (!fs::exists(path / sweep_file)) return std::nullopt;
  for (const std::string& assignment : overrides) {
    if (changes_place_only(assignment)) continue;
    throw ConfigError(assignment +
                      ": a sweep that is resumed may change only data.path, device and threads");
  }
  return StoredSweep{fs::absolute(path), read_plan(path, overrides, sweep_file)};
}

std::vector<Choice> frozen_choices(const fs::path& folder, const std::vector<Choice>& choices) {
  std::vector<Choice> before = stored_choices(folder);
  if (!before.empty()) return before;
  io::write_file_atomically(folder / choice_file, config::dump(to_json(choices)) + "\n");
  return choices;
}

std::vector<Choice> stored_choices(const fs::path& folder) {
  const fs::path path = folder / choice_file;
  if (!fs::exists(path)) return {};
  return read_stored(path, choices_of);
}

void write_sweep_table(const fs::path& folder, const std::vector<Candidate>& candidates,
                       const Results& searched, const std::vector<Choice>& choices,
                       const Results& test) {
  const std::set<std::string> keys = keys_of(candidates);
  std::string text = "phase,variant,seed";
  for (const std::string& key : keys) text += ',' + key;
  text += fmt::format(",{},best_epoch", score_key("validation", metric_of(searched)));
  const std::vector<const ScoreForm*> forms = columns_of(test);
  for (const ScoreForm* form : forms) text += fmt::format(",test_{}", form->name);
  text += ",seconds,failure\n";
  for (const Candidate& candidate : candidates) {
    for (const Outcome& outcome : searched.outcomes) {
      if (outcome.variant != candidate.variant.name) continue;
      text += line("search", candidate.arm, candidate.changes, keys, forms, outcome);
    }
  }
  for (const Choice& choice : choices) {
    for (const Outcome& outcome : test.outcomes) {
      if (outcome.variant != choice.arm) continue;
      text += line("test", choice.arm, choice.changes, keys, forms, outcome);
    }
  }
  io::write_file_atomically(folder / "sweep.csv", text);
}

void draw_search(const fs::path& folder, const std::vector<Candidate>& candidates,
                 const Results& searched, const LaunchOptions& options) {
  try {
    io::plot(search_script(candidates, searched), folder / "search.png");
  } catch (const IoError& error) {
    options.remark(fmt::format("no picture: {}", error.what()));
  }
}

}  // namespace lacuna::experiments
