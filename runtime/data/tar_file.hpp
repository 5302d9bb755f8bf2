#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/file_bytes.hpp"

namespace lacuna::data {

struct TarMember {
  std::string name;        ///< with its folders
  std::string_view bytes;  ///< in those of the archive
};

/// The regular files of a tar archive, which is unpacked and outlives them. Throws DataError that
/// names the archive and the byte where it is damaged or ends early.
std::vector<TarMember> tar_members(const FileBytes& archive);

}  // namespace lacuna::data
