#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace lacuna::testing {

/// A file of a tar archive, without the blocks of its end.
inline std::string tar_file(std::string_view name, std::string_view bytes, char type = '0') {
  std::string header(512, '\0');
  header.replace(0, name.size(), name);
  header.replace(100, 8, std::string_view("0000644\0", 8));
  header.replace(124, 11, fmt::format("{:011o}", bytes.size()));
  header.replace(148, 8, "        ");
  header[156] = type;
  header.replace(257, 8, std::string_view("ustar\00000", 8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  header.replace(148, 7, fmt::format("{:06o}", sum) + '\0');
  std::string content(bytes);
  content.resize((bytes.size() + 511) / 512 * 512);
  return header + content;
}

}  // namespace lacuna::testing
