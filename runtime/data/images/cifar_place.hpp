#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/file_bytes.hpp"
#include "runtime/data/tar_file.hpp"

namespace lacuna::data {

/// Where the files of CIFAR-10 lie: a folder, its subfolder cifar-10-batches-bin, a zip, or a tar,
/// packed or not.
class CifarPlace {
 public:
  /// Throws DataError where nothing is there, or neither folder nor archive.
  CifarPlace(const std::string& given, std::uint64_t max_bytes);
  CifarPlace(const CifarPlace&) = delete;
  CifarPlace& operator=(const CifarPlace&) = delete;

  const std::string& path() const { return path_; }
  bool has(std::string_view name) const;
  /// Throws DataError where there is none of that name.
  FileBytes read(std::string_view name) const;

 private:
  const TarMember* member(std::string_view name) const;

  std::string path_;
  std::uint64_t max_bytes_;
  bool is_tar_;
  FileBytes archive_;
  std::vector<TarMember> members_;  // in its bytes
};

}  // namespace lacuna::data
