#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/ratings/file_format.hpp"

namespace lacuna::data {

/// Whether a file's first line, of `fields`, names its columns: it has one of the wanted names, or
/// no rating where ratings stand.
bool has_header(const FileFormat& known, const std::vector<std::string>& fields,
                const RowLayout& layout);

/// Whether a header of so many names leaves one out, of the column of the rows' own numbers, as R
/// and pandas do.
bool has_row_names(std::vector<std::string_view> lines, std::size_t names, const RowFormat& format);

/// Without a header columns are taken in their order. Throws RowError where something speaks
/// against it.
void check_default_places(const FileFormat& known, const std::vector<std::string_view>& lines,
                          std::size_t count, const RowFormat& format);

}  // namespace lacuna::data
