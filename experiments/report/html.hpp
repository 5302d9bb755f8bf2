#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The pieces of a report's HTML. Parameters named `text` and the like are escaped here; those
/// named `inner` are HTML already.
namespace lacuna::experiments::report {

/// `text` as it may stand between tags and in quoted attributes.
std::string escape(std::string_view text);

/// <tag>text</tag>
std::string element(std::string_view tag, std::string_view text);

/// A part of the page under a heading; "" for an empty `inner`.
std::string section(std::string_view heading, std::string_view inner);

using Rows = std::vector<std::vector<std::string>>;

/// What a table's cells hold: numbers stand to the right, text to the left.
enum class Cells { numbers, text };

/// A table whose first row and first column are headers; "" where there is no other row.
std::string table(std::string_view caption, const Rows& rows, Cells cells);

/// Preformatted text that is shown on demand.
std::string details(std::string_view summary, std::string_view text);

/// Something the reader must not miss.
std::string notice(std::string_view text);

/// The whole file, which asks nothing of the network and runs no script.
std::string page(std::string_view title, std::string_view inner);

}  // namespace lacuna::experiments::report
