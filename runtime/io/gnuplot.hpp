#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna::io {

/// `text` as a string of gnuplot's language, which runs no commands from it. IoError if it holds
/// line breaks or other control characters, which gnuplot cannot quote.
std::string gnuplot_quote(std::string_view text);

/// Draws `script` into `picture`, whole or not at all. The terminal follows from the extension
/// (.svg or .png); the script sets neither terminal nor output, and finds its data inline
/// (`$data << EOD`) or in files named through gnuplot_quote().
/// Errors: IoError with gnuplot's own message, or the hint to install it. A caller for whom the
/// picture is an extra catches it and goes on.
void plot(std::string_view script, const std::filesystem::path& picture);

/// Draws `script` as SVG on a transparent ground, `width` x `height` pixels, and returns its text.
/// Errors as plot()'s.
std::string plot_svg(std::string_view script, int width, int height);

}  // namespace lacuna::io
