#include "runtime/checkpoint/checkpoint_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "runtime/error.hpp"
#include "runtime/io/folder.hpp"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = "step-";
constexpr std::string_view unfinished = ".tmp-";

/// The steps in a checkpoint's name; nothing for another folder's.
std::optional<std::int64_t> step_of(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (!name.starts_with(prefix)) return std::nullopt;
  std::int64_t step = 0;
  const char* end = name.data() + name.size();
  const auto [rest, error] = std::from_chars(name.data() + prefix.size(), end, step);
  if (error != std::errc() || rest != end) return std::nullopt;
  return step;
}

/// The checkpoints in `path`, the newest first.
std::vector<fs::path> listed(const fs::path& path) {
  std::vector<std::pair<std::int64_t, fs::path>> found;
  if (!fs::exists(path)) return {};
  for (fs::path& entry : io::entries(path)) {
    if (const auto step = step_of(entry)) found.emplace_back(*step, std::move(entry));
  }
  std::ranges::sort(found, std::greater{});
  std::vector<fs::path> folders;
  for (auto& [step, folder] : found) folders.push_back(std::move(folder));
  return folders;
}

bool is_whole(const fs::path& folder) {
  if (!fs::exists(folder)) return false;
  try {
    StoredCheckpoint::open(folder);
    return true;
  } catch (const IoError&) {
    return false;
  }
}

/// Renamed first: one that is half removed is none.
void remove_checkpoint(const fs::path& folder) {
  fs::path rest = folder;
  rest.replace_filename(std::string(unfinished) + folder.filename().string());
  fs::rename(folder, rest);
  io::remove_folder(rest);
}

void remove_quietly(const fs::path& folder) {
  try {
    io::remove_folder(folder);
  } catch (const std::exception&) {  // the next save tries again
  }
}

}  // namespace

CheckpointFolder::CheckpointFolder(fs::path path, int keep,
                                   std::function<void(const std::string&)> remark)
    : path_(std::move(path)), keep_(keep), remark_(std::move(remark)) {}

void CheckpointFolder::save(std::int64_t step, const Checkpoint& checkpoint) {
  const std::string name = fmt::format("{}{:08}", prefix, step);
  const fs::path temporary = path_ / fmt::format("{}{}", unfinished, name);
  try {
    if (fs::create_directory(path_)) io::sync_folder(path_.parent_path());
    remove_leftovers();
    if (!is_whole(path_ / name)) {
      write_checkpoint(temporary, checkpoint);
      StoredCheckpoint::open(temporary);
      io::remove_folder(path_ / name);
      fs::rename(temporary, path_ / name);
      io::sync_folder(path_);
    }
  } catch (const fs::filesystem_error& error) {
    remove_quietly(temporary);
    throw IoError(fmt::format("cannot save {}: {}", (path_ / name).string(), error.what()));
  } catch (const IoError&) {
    remove_quietly(temporary);
    throw;
  }
  try {
    remove_others(step);
  } catch (const fs::filesystem_error& error) {  // the new one is in place all the same
    remark_(fmt::format("warning: an old checkpoint stays: {}", error.what()));
  }
}

void CheckpointFolder::keep_newest() {
  const std::vector<fs::path> folders = listed(path_);
  for (std::size_t i = 1; i < folders.size(); ++i) remove_checkpoint(folders[i]);
}

void CheckpointFolder::clear() {
  for (const fs::path& folder : listed(path_)) remove_checkpoint(folder);
  io::remove_folder(path_);
}

void CheckpointFolder::remove_leftovers() const {
  for (const fs::path& entry : io::entries(path_)) {
    if (entry.filename().string().starts_with(unfinished)) io::remove_folder(entry);
  }
}

void CheckpointFolder::remove_others(std::int64_t step) const {
  int kept = 0;
  for (const fs::path& folder : listed(path_)) {
    // A later one was found damaged, or training would have gone on from there.
    if (*step_of(folder) <= step && kept++ < keep_) continue;
    remove_checkpoint(folder);
  }
}

std::optional<StoredCheckpoint> CheckpointFolder::newest() const {
  const std::vector<fs::path> folders = listed(path_);
  for (const fs::path& folder : folders) {
    try {
      return StoredCheckpoint::open(folder);
    } catch (const IoError& error) {
      if (folder == folders.back()) throw;
      remark_(fmt::format("warning: {}; trying the checkpoint before it", error.what()));
    }
  }
  return std::nullopt;
}

}  // namespace lacuna
