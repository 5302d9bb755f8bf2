#include <fmt/format.h>

#include <algorithm>

#include "experiments/tasks/probe/probe.hpp"
#include "experiments/tasks/probe/probe_files.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/csv_field.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

/// A field on one line.
std::string name_field(std::string name) {
  std::ranges::replace_if(
      name, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return io::csv_field(name);
}

std::string means_text(const std::vector<Probe>& probes, const ProbeWords& words) {
  std::string text = means_header(words) + "\n";
  for (const Probe& probe : probes) {
    const std::string variant = name_field(probe.variant);
    for (const ProbePair& pair : probe.pairs) {
      for (std::size_t level = 0; level < probe.known.size(); ++level) {
        text +=
            fmt::format("{},{},{},{},{},{},{:.6g}\n", variant, probe.epoch, name_field(pair.first),
                        name_field(pair.second), pair.actual, probe.known[level], pair.mean[level]);
      }
    }
  }
  return text;
}

std::string draws_text(const std::vector<Probe>& probes, const ProbeWords& words) {
  std::string text = draws_header(words) + "\n";
  for (const Probe& probe : at_best(probes)) {
    const std::string variant = name_field(probe.variant);
    for (std::size_t level = 0; level < probe.draws.size(); ++level) {
      for (std::size_t draw = 0; draw < probe.draws[level].size(); ++draw) {
        text += fmt::format("{},{},{},{},{}\n", variant, probe.epoch, probe.known[level], draw,
                            probe.draws[level][draw]);
      }
    }
  }
  return text;
}

}  // namespace

void write_probe_files(const fs::path& folder, const std::vector<Probe>& probes,
                       const ProbeWords& words) {
  io::write_file_atomically(folder / probe_file, means_text(probes, words));
  io::write_file_atomically(folder / draws_file, draws_text(probes, words));
}

}  // namespace lacuna::experiments
