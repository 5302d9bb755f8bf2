#include "runtime/train/weights_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/data/checksum.hpp"
#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"

namespace lacuna {

namespace {

using Metadata = std::map<std::string, std::string>;

constexpr std::string_view checksum_prefix = "xxh3_128.";

std::string checksum_key(const io::TensorEntry& tensor) {
  return std::string(checksum_prefix) + tensor.name;
}

Metadata checksums_of(const std::vector<io::TensorEntry>& tensors) {
  Metadata checksums;
  for (const io::TensorEntry& tensor : tensors) {
    checksums[checksum_key(tensor)] = data::checksum_of(tensor.bytes);
  }
  return checksums;
}

/// Other programs' files list no checksums.
bool lists_checksums(const Metadata& metadata) {
  return std::ranges::any_of(
      metadata, [](const auto& note) { return note.first.starts_with(checksum_prefix); });
}

void check_checksums(const io::SafetensorsFile& file, const std::filesystem::path& path) {
  const Metadata& listed = file.metadata();
  if (!lists_checksums(listed)) return;
  for (const io::TensorEntry& tensor : file.entries()) {
    const auto found = listed.find(checksum_key(tensor));
    if (found != listed.end() && found->second == data::checksum_of(tensor.bytes)) continue;
    throw IoError(fmt::format(
        "{}: tensor '{}' is damaged: its checksum does not agree with it; copy the file anew, or "
        "train again",
        path.string(), tensor.name));
  }
}

}  // namespace

void save_weights(const std::filesystem::path& path, std::span<const NamedTensor> tensors) {
  const HostTensors host(tensors);
  io::write_safetensors(path, host.entries(), checksums_of(host.entries()));
}

void load_weights(const std::filesystem::path& path, std::span<const NamedTensor> tensors) {
  const io::SafetensorsFile file = io::SafetensorsFile::open(path);
  check_checksums(file, path);
  load_tensors(file, path, tensors);
}

}  // namespace lacuna
