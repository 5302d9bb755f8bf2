#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/data/counts/matrix_market.hpp"

namespace lacuna::data {

/// Parses one piece of a Matrix Market file's entries after the other.
class EntryLines {
 public:
  /// Fills the members below anew from whole lines, up to the first bad one.
  void parse(std::string_view text, const MatrixMarketHeader& header);

  /// Of an array: values only, zeros among them.
  CountEntries entries;
  std::int64_t read = 0;             ///< lines that are not blank
  std::int64_t lines = 0;            ///< all, or up to and with the bad one
  std::optional<std::string> error;  ///< what is wrong with it
};

}  // namespace lacuna::data
