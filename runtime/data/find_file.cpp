#include "runtime/data/find_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "runtime/data/packed_path.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/data/zip_member.hpp"
#include "runtime/error.hpp"
#include "runtime/io/folder.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_zip(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::array<char, magic_bytes> first{};
  std::ifstream file(path, std::ios::binary);
  file.read(first.data(), first.size());
  return packing_of({first.data(), static_cast<std::size_t>(file.gcount())}) == Packing::zip;
}

std::vector<fs::path> entries_of(const std::string& folder) {
  try {
    return io::entries(folder);
  } catch (const IoError& error) {
    throw DataError(error.what());
  }
}

/// The paths of all files in a folder (not below), or in a zip, below its folder where it names
/// one.
std::vector<std::string> files_of(const std::string& place) {
  std::vector<std::string> files;
  if (is_folder(place)) {
    for (const fs::path& entry : entries_of(place)) {
      std::error_code ignored;
      if (fs::is_regular_file(entry, ignored)) files.push_back(entry.string());
    }
  } else if (const PackedPath inside = split_packed(place); is_zip(inside.file)) {
    for (const std::string& member : zip_members(inside.file)) {
      if (member.starts_with(inside.member)) files.push_back(inside.file + "/" + member);
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string name_of(const std::string& path) {
  return fs::path(path).filename().string();
}

bool is_mark(const std::string& name) {
  return name.starts_with('.') || name.starts_with('_') || name.ends_with(".crc");
}

bool ends_as_rows(const std::string& name) {
  const std::string ending = fs::path(std::string(without_packing(name))).extension().string();
  constexpr std::array<std::string_view, 7> endings{".csv", ".tsv",   ".txt",   ".json",
                                                    ".dat", ".jsonl", ".ndjson"};
  return std::ranges::find(endings, ending) != endings.end();
}

}  // namespace

bool holds_files(const std::string& path) {
  return is_folder(path) || is_zip(path);
}

std::optional<std::string> find_file(const std::string& folder_or_zip, std::string_view name) {
  for (const std::string& path : files_of(folder_or_zip)) {
    if (without_packing(name_of(path)) == name || name_of(path) == name) return path;
  }
  return std::nullopt;
}

std::vector<std::string> find_files(const std::string& folder_or_zip, std::string_view begin) {
  std::vector<std::string> found = files_of(folder_or_zip);
  std::erase_if(found, [&](const std::string& path) { return !name_of(path).starts_with(begin); });
  return found;
}

std::vector<std::string> parts_of(const std::string& folder) {
  std::vector<std::string> parts = files_of(folder);
  std::erase_if(parts, [](const std::string& path) { return is_mark(name_of(path)); });
  const auto is_part = [](const std::string& path) {
    return name_of(path).starts_with("part") || name_of(path).starts_with("data_");
  };
  if (std::ranges::any_of(parts, is_part)) {
    std::erase_if(parts, [&](const std::string& path) { return !is_part(path); });
  } else {
    std::erase_if(parts, [](const std::string& path) { return !ends_as_rows(name_of(path)); });
  }
  if (!parts.empty()) return parts;
  for (const fs::path& entry : entries_of(folder)) {
    if (!is_folder(entry.string())) continue;
    throw DataError(
        folder + " holds folders, as " + entry.filename().string() +
        ", and no parts of its own: set data.path to one of them, or write them into one");
  }
  throw DataError(folder +
                  " is a folder without parts of a data set (part-*.csv, data_*.csv, *.csv, ...): "
                  "set data.path to the file");
}

}  // namespace lacuna::data
