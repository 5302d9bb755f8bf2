#include "experiments/reproduce/ledger.hpp"

#include "experiments/reproduce/configuration.hpp"
#include "experiments/reproduce/ledger_line.hpp"
#include "experiments/tasks/tasks.hpp"
#include "runtime/error.hpp"
#include "runtime/io/append_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

Ledger::Ledger(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::is_directory(folder_)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() == ".csv") read(entry.path());
  }
}

void Ledger::read(const fs::path& file) {
  std::optional<data::TableHeader> names;
  try {
    data::for_each_row(
        {.path = file.string()}, [&](const data::TableHeader& header) { names = header; },
        [&](const data::TableRow& row) {
          LedgerLine line = read_line(*names, row);
          const std::string configuration = line.configuration;
          lines_.emplace(configuration, std::move(line));
        });
  } catch (const DataError& error) {
    throw IoError(error.what());
  }
}

void Ledger::begin(const std::string& table, const std::string& experiment) {
  table_ = table;
  experiment_ = experiment;
}

const LedgerLine* Ledger::find(const std::string& configuration) const {
  const auto found = lines_.find(configuration);
  return found == lines_.end() ? nullptr : &found->second;
}

void Ledger::add(LedgerLine line) {
  const fs::path path = folder_ / (table_ + ".csv");
  fs::create_directories(folder_);
  io::AppendFile file(path);
  file.lock();
  if (!file.empty()) read(path);  // another process may have added to it
  if (find(line.configuration) != nullptr) return;
  line.experiment = experiment_;
  file.append((file.empty() ? ledger_header() : "") + to_text(line), "a run");
  const std::string configuration = line.configuration;
  lines_.emplace(configuration, std::move(line));
}

std::optional<Outcome> Ledger::find(const Job& job) const {
  const LedgerLine* line = find(configuration_of(job.experiment));
  if (line == nullptr) return std::nullopt;
  Outcome outcome = line->outcome(kind_of(job.experiment.evaluate).test_scores());
  outcome.variant = job.variant;  // another experiment may name it otherwise
  outcome.seed = job.seed;
  return outcome;
}

void Ledger::add(const Job& job) {
  if (find(configuration_of(job.experiment)) == nullptr) add(line_of(job));
}

}  // namespace lacuna::experiments
