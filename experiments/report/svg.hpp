#pragma once

#include <string>
#include <string_view>

namespace lacuna::experiments::report {

/// `text` with each `from` replaced by `to`.
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// gnuplot's SVG as a part of an HTML page: without prologue, namespaces and titles, as wide as its
/// place, in the page's colours, and with ids of its own that begin with `prefix`. `label` tells
/// what it shows to those who do not see it.
std::string inline_svg(std::string_view svg, std::string_view prefix, std::string_view label);

}  // namespace lacuna::experiments::report
