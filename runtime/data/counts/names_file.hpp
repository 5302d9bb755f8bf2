#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna::data {

/// A file of names, a line each: of several columns, separated by tabs, the second (of 10x's
/// genes.tsv and features.tsv the symbol, where the first is an id).
struct NamesFile {
  std::vector<std::string> names;
  /// By line: 0 where a third column says that it is something else than "Gene Expression".
  std::vector<std::uint8_t> genes;
};

/// Throws DataError where the file is missing or cannot be read.
NamesFile read_names(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
