#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::experiments {

struct Probe;
struct ProbeWords;

/// Every pair's mean prediction at each level, and each draw of the pair that pictures show, at the
/// best epoch; docs/runs.md has their columns.
inline constexpr std::string_view probe_file = "probe.csv";
inline constexpr std::string_view draws_file = "probe_draws.csv";
/// "variant,epoch,user,item,actual,known_ratings,prediction"
std::string means_header(const ProbeWords& words);
/// "variant,epoch,known_ratings,draw,prediction"
std::string draws_header(const ProbeWords& words);

/// Writes both. Throws IoError.
void write_probe_files(const std::filesystem::path& folder, const std::vector<Probe>& probes,
                       const ProbeWords& words);

/// What a probe.csv says, which has no draws; none where it is of an older version, which looked at
/// one pair. IoError that names the line where it is damaged.
std::vector<Probe> read_means(const std::filesystem::path& file, const ProbeWords& words);

}  // namespace lacuna::experiments
