#pragma once

#include <functional>
#include <optional>

#include "runtime/checkpoint/checkpoint.hpp"

namespace lacuna {

/// The checkpoints of one training, each a folder "step-<steps taken>". One process at a time.
class CheckpointFolder {
 public:
  /// Keeps the last `keep` of them; `remark` hears of damaged ones. Nothing is created yet.
  CheckpointFolder(std::filesystem::path path, int keep,
                   std::function<void(const std::string&)> remark);

  /// Writes a checkpoint under a temporary name, verifies it, renames it into place and only then
  /// removes the oldest ones; a crash at any point leaves the newest whole one in place. One of the
  /// same step that is whole stays as it is. Throws IoError; what was there before is then still
  /// there.
  void save(std::int64_t step, const Checkpoint& checkpoint);

  /// Removes all but the newest.
  void keep_newest();
  /// Removes all.
  void clear();

  /// The newest one that is whole, or nothing where there are none. Throws IoError, the last one's,
  /// where all are damaged.
  std::optional<StoredCheckpoint> newest() const;

 private:
  void remove_leftovers() const;
  void remove_others(std::int64_t step) const;

  std::filesystem::path path_;
  int keep_;
  std::function<void(const std::string&)> remark_;
};

}  // namespace lacuna
