#include "runtime/checkpoint/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "runtime/checkpoint/manifest.hpp"
#include "runtime/data/checksum.hpp"
#include "runtime/error.hpp"
#include "runtime/io/folder.hpp"

namespace lacuna {

namespace fs = std::filesystem;
using config::Json;

namespace {

fs::path tensors_path(const fs::path& folder, const std::string& file) {
  return folder / (file + ".safetensors");
}

Json description(const io::TensorEntry& tensor, const std::string& checksum) {
  Json shape = Json::array();
  for (const std::int64_t extent : tensor.shape) shape.push_back(extent);
  return Json::object(
      {{"dtype", io::dtype_name(tensor.dtype)}, {"shape", shape}, {"checksum", checksum}});
}

Json descriptions(const std::vector<io::TensorEntry>& tensors) {
  Json listed = Json::object();
  for (const io::TensorEntry& tensor : tensors) {
    listed.set(tensor.name, description(tensor, data::checksum_of(tensor.bytes)));
  }
  return listed;
}

/// The same of a file that need not fit the memory.
Json descriptions(io::SafetensorsReader& file) {
  std::vector<std::byte> piece(std::size_t{1} << 20);
  Json listed = Json::object();
  for (const io::TensorEntry& tensor : file.entries()) {
    data::Checksum checksum;
    for (std::uint64_t left = *io::tensor_bytes(tensor.dtype, tensor.shape); left > 0;) {
      const auto part = std::span(piece).first(std::min<std::uint64_t>(left, piece.size()));
      file.read(part);
      checksum.update(part.data(), part.size());
      left -= part.size();
    }
    listed.set(tensor.name, description(tensor, checksum.hex()));
  }
  return listed;
}

/// Throws IoError unless the file holds what the manifest says of it.
void check_listed(const fs::path& path, const Json& found, const Json& listed) {
  for (const Json::Member& member : listed.as_object()) {
    const Json* tensor = found.find(member.key);
    if (tensor == nullptr || *tensor != member.value) {
      throw IoError(fmt::format("{}: tensor '{}' is damaged: it is not what manifest.json lists",
                                path.string(), member.key));
    }
  }
  if (found.as_object().size() != listed.as_object().size()) {
    throw IoError(path.string() + " is damaged: it holds tensors that manifest.json does not list");
  }
}

/// A link could lead out of the folder.
void check_for_links(const fs::path& folder) {
  for (const fs::path& entry : io::entries(folder)) {
    if (!fs::is_symlink(entry)) continue;
    throw IoError(fmt::format("{} is damaged: it is a link; a checkpoint's files lie in its folder",
                              entry.string()));
  }
}

}  // namespace

void write_checkpoint(const fs::path& folder, const Checkpoint& checkpoint) {
  std::error_code error;
  fs::create_directory(folder, error);
  if (error) throw IoError(fmt::format("cannot create {}: {}", folder.string(), error.message()));
  Json files = Json::object();
  for (const auto& [name, tensors] : checkpoint.files) {
    const HostTensors host(tensors);
    io::write_safetensors(tensors_path(folder, name), host.entries(), {});
    files.set(name, descriptions(host.entries()));
  }
  write_manifest(folder, checkpoint.state, files);
}

StoredCheckpoint StoredCheckpoint::open(const fs::path& folder) {
  check_for_links(folder);
  StoredCheckpoint stored(folder, read_manifest(folder));
  for (const Json::Member& file : stored.manifest_.at("files").as_object()) {
    const fs::path path = tensors_path(folder, file.key);
    io::SafetensorsReader reader(path);
    check_listed(path, descriptions(reader), file.value);
  }
  return stored;
}

bool StoredCheckpoint::holds(const std::string& file) const {
  return manifest_.at("files").find(file) != nullptr;
}

void StoredCheckpoint::load(const std::string& file, std::span<const NamedTensor> tensors) const {
  const fs::path path = tensors_path(folder_, file);
  const Json* listed = manifest_.at("files").find(file);
  if (listed == nullptr) throw IoError(path.string() + " is missing");
  const io::SafetensorsFile read = io::SafetensorsFile::open(path);
  check_listed(path, descriptions(read.entries()), *listed);
  load_tensors(read, path, tensors);
}

}  // namespace lacuna
