#pragma once

#include <string_view>
#include <vector>

#include "runtime/data/leading_lines.hpp"
#include "runtime/data/ratings/file_format.hpp"

namespace lacuna::data {

/// Whether settings name a format's columns.
bool is_own(const FileFormat& known);

/// How the rows of a file are cut into fields, by its first lines. Throws RowError that says what
/// was tried.
RowFormat find_row_format(const FileFormat& known, const LeadingLines& leading,
                          const std::vector<std::string_view>& lines);

/// Some programs put a backslash before a quote in a field: tried where a line of `begin` is
/// damaged without.
void find_escape(std::string_view begin, RowFormat& format);

}  // namespace lacuna::data
