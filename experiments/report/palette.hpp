#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lacuna::experiments::report {

/// Colours of a chart's series; more series than colours begin anew, with other dashes.
inline constexpr std::size_t series_colours = 8;

/// Of axes, text and what belongs to no series.
inline constexpr std::size_t ink_colour = series_colours;

/// Of grid lines.
inline constexpr std::size_t rule_colour = series_colours + 1;

/// What CSS calls a colour: "var(--s3)".
std::string css_colour(std::size_t colour);

/// What a gnuplot script calls it: "'#0b62a4'".
std::string plot_colour(std::size_t colour);

/// `svg`, drawn by gnuplot, with CSS's names in place of its colours, so that it follows the page
/// into the dark.
std::string with_css_colours(std::string svg);

/// All colours of the page, for light, dark and paper.
std::string palette_css();

}  // namespace lacuna::experiments::report
