#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/leading_lines.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// A row of a small file.
struct TextRow {
  std::string_view text;
  std::int64_t line = 0;  ///< of its begin, from 1
  const RowFormat& format;

  /// Throws RowError.
  std::vector<std::string> texts() const { return split_texts(text, format); }
};

/// How the rows of a text are cut, by what it begins with behind its leading lines.
using FormatOfRows = std::function<RowFormat(std::string_view begin, const LeadingLines& leading)>;

/// Calls visit(row) for each row of a text file, plain or packed, one after the other; returns the
/// text's checksum. A row goes on over several lines within quotes. Comments and blank lines may
/// lead, blank lines may follow. A RowError becomes a DataError with its place. Other errors as
/// open_text().
std::string for_each_text_row(const std::string& path, const FormatOfRows& format_of,
                              const std::function<void(const TextRow&)>& visit,
                              std::uint64_t max_bytes = default_max_bytes);

}  // namespace lacuna::data
