#include "runtime/data/images/cifar_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <span>

#include "runtime/data/checksum.hpp"
#include "runtime/data/data_path.hpp"
#include "runtime/data/find_file.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {

namespace fs = std::filesystem;

CifarPlace::CifarPlace(const std::string& given, std::uint64_t max_bytes)
    : path_(resolve_path(given)), max_bytes_(max_bytes) {
  std::error_code ignored;
  if (!fs::exists(path_, ignored)) {
    throw_missing(given, path_, "Set data.path to the folder or the archive of CIFAR-10");
  }
  const fs::path inner = fs::path(path_) / "cifar-10-batches-bin";
  if (fs::is_directory(inner, ignored)) path_ = inner.string();
  is_tar_ = !holds_files(path_);
  if (!is_tar_) return;
  archive_ = read_bytes(path_, max_bytes);
  members_ = tar_members(archive_);
}

bool CifarPlace::has(std::string_view name) const {
  return is_tar_ ? member(name) != nullptr : find_file(path_, name).has_value();
}

FileBytes CifarPlace::read(std::string_view name) const {
  if (is_tar_) {
    if (const TarMember* found = member(name)) {
      return {path_ + "/" + found->name, std::string(found->bytes),
              checksum_of(std::as_bytes(std::span(found->bytes)))};
    }
  } else if (const std::optional<std::string> file = find_file(path_, name)) {
    return read_bytes(*file, max_bytes_);
  }
  throw DataError(fmt::format(
      "no file {} in {}: fetch CIFAR-10 again, or set data.path to a folder with all its files",
      name, path_));
}

const TarMember* CifarPlace::member(std::string_view name) const {
  const auto found = std::ranges::find_if(
      members_, [&](const TarMember& each) { return fs::path(each.name).filename() == name; });
  return found == members_.end() ? nullptr : &*found;
}

}  // namespace lacuna::data
