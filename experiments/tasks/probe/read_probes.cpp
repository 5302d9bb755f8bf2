#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "experiments/tasks/own_csv.hpp"
#include "experiments/tasks/probe/probe.hpp"
#include "experiments/tasks/probe/probe_files.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view older_header = "variant,known_ratings,draw,prediction";

/// Throws IoError unless the file begins with it.
void check_header(const fs::path& file, std::string_view header) {
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  if (std::getline(stream, line) && line == header) return;
  throw IoError(fmt::format("{}:1: not the header of a {}; remove the file", file.string(),
                            file.filename().string()));
}

/// Of a run of an older version, which looked at one pair.
bool is_older(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  return std::getline(stream, line) && line.starts_with(older_header);
}

Probe& probe_at(std::vector<Probe>& probes, const std::string& variant, int epoch) {
  const bool same =
      !probes.empty() && probes.back().variant == variant && probes.back().epoch == epoch;
  if (!same) probes.push_back({variant, epoch, {}, {}, {}});
  return probes.back();
}

void read_mean(const OwnRow& row, std::vector<Probe>& probes) {
  Probe& probe = probe_at(probes, row.text(0), row.count(1));
  const std::string first = row.text(2), second = row.text(3);
  const bool same = !probe.pairs.empty() && probe.pairs.back().first == first &&
                    probe.pairs.back().second == second;
  if (!same) probe.pairs.push_back({first, second, row.number(4), {}});
  if (probe.pairs.size() == 1) probe.known.push_back(row.count(5));
  probe.pairs.back().mean.push_back(row.number(6));
}

void read_draw(const OwnRow& row, std::vector<Probe>& probes) {
  const std::string variant = row.text(0);
  const std::int64_t known = row.count(2);
  for (Probe& probe : probes) {
    if (probe.variant != variant || probe.epoch != row.count(1)) continue;
    const auto level = std::ranges::find(probe.known, known) - probe.known.begin();
    if (level == std::ssize(probe.known)) continue;
    probe.draws.resize(probe.known.size());
    probe.draws[static_cast<std::size_t>(level)].push_back(static_cast<float>(row.number(4)));
  }
}

void check_levels(const fs::path& file, const std::vector<Probe>& probes, const ProbeWords& words) {
  for (const Probe& probe : probes) {
    for (const ProbePair& pair : probe.pairs) {
      if (pair.mean.size() == probe.known.size()) continue;
      throw IoError(
          fmt::format("{}: the pair of {} {} and {} {} has {} levels, others have {}; "
                      "remove the file",
                      file.string(), words.first, pair.first, words.second, pair.second,
                      pair.mean.size(), probe.known.size()));
    }
  }
}

}  // namespace

std::string means_header(const ProbeWords& words) {
  return fmt::format("variant,epoch,{},{},actual,known_{}s,prediction", words.first, words.second,
                     words.value);
}

std::string draws_header(const ProbeWords& words) {
  return fmt::format("variant,epoch,known_{}s,draw,prediction", words.value);
}

std::vector<Probe> read_means(const fs::path& file, const ProbeWords& words) {
  std::vector<Probe> probes;
  if (is_older(file)) return probes;
  check_header(file, means_header(words));
  read_own_csv(file, [&](const OwnRow& row) { read_mean(row, probes); });
  check_levels(file, probes, words);
  return probes;
}

std::vector<Probe> read_probes(const fs::path& folder, const ProbeWords& words) {
  if (!fs::exists(folder / probe_file)) return {};
  std::vector<Probe> probes = read_means(folder / probe_file, words);
  if (!fs::exists(folder / draws_file)) return probes;
  check_header(folder / draws_file, draws_header(words));
  read_own_csv(folder / draws_file, [&](const OwnRow& row) { read_draw(row, probes); });
  return probes;
}

}  // namespace lacuna::experiments
