#include "runtime/checkpoint/checkpoint.hpp"

#include <fmt/format.h>

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

Json description(const io::TensorEntry& tensor) {
  Json shape = Json::array();
  for (const std::int64_t extent : tensor.shape) shape.push_back(extent);
  return Json::object({{"dtype", io::dtype_name(tensor.dtype)},
                       {"shape", shape},
                       {"checksum", data::checksum_of(tensor.bytes)}});
}

/// The file, once all that the manifest says of it has been found true.
io::SafetensorsFile open_verified(const fs::path& path, const Json& listed) {
  io::SafetensorsFile file = io::SafetensorsFile::open(path);
  for (const Json::Member& member : listed.as_object()) {
    const io::TensorEntry* tensor = file.find(member.key);
    if (tensor == nullptr || description(*tensor) != member.value) {
      throw IoError(fmt::format("{}: tensor '{}' is damaged: it is not what manifest.json lists",
                                path.string(), member.key));
    }
  }
  if (file.entries().size() != listed.as_object().size()) {
    throw IoError(path.string() + " is damaged: it holds tensors that manifest.json does not list");
  }
  return file;
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
    Json listed = Json::object();
    for (const io::TensorEntry& tensor : host.entries()) {
      listed.set(tensor.name, description(tensor));
    }
    io::write_safetensors(tensors_path(folder, name), host.entries(), {});
    files.set(name, listed);
  }
  write_manifest(folder, checkpoint.state, files);
}

StoredCheckpoint StoredCheckpoint::open(const fs::path& folder) {
  check_for_links(folder);
  StoredCheckpoint stored(folder, read_manifest(folder));
  for (const Json::Member& file : stored.manifest_.at("files").as_object()) {
    open_verified(tensors_path(folder, file.key), file.value);
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
  load_tensors(open_verified(path, *listed), path, tensors);
}

}  // namespace lacuna
