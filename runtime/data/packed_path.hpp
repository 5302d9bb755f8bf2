#pragma once

#include <string>
#include <string_view>

namespace lacuna::data {

/// A path that may go on inside a zip: "ml-100k.zip/ml-100k/u.data".
struct PackedPath {
  std::string file;
  std::string member;  ///< empty: the path is the file's
};

/// Goes by what is on the disk: a regular file with components behind it is taken for a zip.
PackedPath split_packed(const std::string& path);

/// Whether there is such a file or folder; of what lies inside a zip, whether there is the zip.
bool is_there(const std::string& path);

}  // namespace lacuna::data
