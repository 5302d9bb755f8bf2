#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/config/json.hpp"

/// What a training can be resumed from: a folder of safetensors files and manifest.json, which
/// holds the training's scalars, every tensor's checksum and one of itself.
namespace lacuna {

struct Checkpoint {
  config::Json state;  ///< of the training; an object
  /// By the file's name without its ending. The tensors share memory with the training.
  std::map<std::string, std::vector<NamedTensor>> files;
};

/// Writes the checkpoint into `folder`, which is created; every file is fsynced. Throws IoError.
void write_checkpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);

/// A checkpoint on disk of which every byte has been verified.
class StoredCheckpoint {
 public:
  /// Throws IoError that names the file, and the tensor where one is damaged.
  static StoredCheckpoint open(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  const config::Json& state() const { return manifest_.at("state"); }
  /// Whether there is a file of that name.
  bool holds(const std::string& file) const;
  /// Overwrites the tensors with those of a file. Throws IoError where they do not fit.
  void load(const std::string& file, std::span<const NamedTensor> tensors) const;

 private:
  StoredCheckpoint(std::filesystem::path folder, config::Json manifest)
      : folder_(std::move(folder)), manifest_(std::move(manifest)) {}

  std::filesystem::path folder_;
  config::Json manifest_;
};

}  // namespace lacuna
