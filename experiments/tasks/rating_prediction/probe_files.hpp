#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace lacuna::experiments {

struct Probe;

/// Every pair's mean prediction at each level, and each draw of the pair that pictures show, at the
/// best epoch; docs/runs.md has their columns.
inline constexpr std::string_view probe_file = "probe.csv";
inline constexpr std::string_view draws_file = "probe_draws.csv";
inline constexpr std::string_view means_header =
    "variant,epoch,user,item,actual,known_ratings,prediction";
inline constexpr std::string_view draws_header = "variant,epoch,known_ratings,draw,prediction";

/// Writes both. Throws IoError.
void write_probe_files(const std::filesystem::path& folder, const std::vector<Probe>& probes);

/// What a probe.csv says, which has no draws; none where it is of an older version, which looked at
/// one pair. IoError that names the line where it is damaged.
std::vector<Probe> read_means(const std::filesystem::path& file);

}  // namespace lacuna::experiments
