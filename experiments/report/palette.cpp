#include "experiments/report/palette.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "experiments/report/svg.hpp"

namespace lacuna::experiments::report {

namespace {

/// 0xRRGGBB on white and on near-black; each has a contrast of 4.5 and more with its ground.
struct Shade {
  std::string_view name;
  unsigned light;
  unsigned dark;
};

constexpr std::array<Shade, series_colours> series{{{"s0", 0x0B62A4, 0x6CB6FF},
                                                    {"s1", 0xB8420A, 0xFF9B6A},
                                                    {"s2", 0x137A3A, 0x6FD58F},
                                                    {"s3", 0x7E3AC8, 0xC8A2FF},
                                                    {"s4", 0xB31B5E, 0xFF8FB8},
                                                    {"s5", 0x0B6E80, 0x67D3E6},
                                                    {"s6", 0x7A5200, 0xE3B75F},
                                                    {"s7", 0x4B5563, 0xB6BFCA}}};

constexpr Shade ink{"ink", 0x1B1F24, 0xE6EDF3};
constexpr Shade rule{"rule", 0xD0D7DE, 0x30363D};

constexpr std::array<Shade, 6> ground{{ink,
                                       rule,
                                       {"paper", 0xFFFFFF, 0x0D1117},
                                       {"soft", 0x57606A, 0x9DA7B3},
                                       {"tint", 0xF4F6F8, 0x161B22},
                                       {"warning", 0xB35900, 0xE3A33B}}};

const Shade& shade(std::size_t colour) {
  if (colour == rule_colour) return rule;
  return colour == ink_colour ? ink : series[colour];
}

/// As gnuplot's SVG terminal writes it.
std::string in_svg(unsigned rgb) {
  return fmt::format("rgb({:3}, {:3}, {:3})", rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF);
}

std::string variables(unsigned Shade::*of) {
  std::string text;
  for (const Shade& colour : ground)
    text += fmt::format(" --{}: #{:06x};", colour.name, colour.*of);
  for (const Shade& colour : series)
    text += fmt::format(" --{}: #{:06x};", colour.name, colour.*of);
  return text;
}

}  // namespace

std::string css_colour(std::size_t colour) {
  return colour == ink_colour ? "currentColor" : fmt::format("var(--{})", shade(colour).name);
}

std::string plot_colour(std::size_t colour) {
  return fmt::format("'#{:06x}'", shade(colour).light);
}

std::string with_css_colours(std::string svg) {
  for (std::size_t colour = 0; colour <= rule_colour; ++colour) {
    svg = replace_all(std::move(svg), in_svg(shade(colour).light), css_colour(colour));
  }
  for (const char* attribute : {"stroke", "fill", "color"}) {
    for (const char quote : {'"', '\''}) {
      // Inside color="..." the word would name itself.
      svg = replace_all(std::move(svg), fmt::format(" {0}={1}black{1}", attribute, quote),
                        std::string_view(attribute) == "color"
                            ? ""
                            : fmt::format(" {0}={1}currentColor{1}", attribute, quote));
    }
  }
  return svg;
}

std::string palette_css() {
  return fmt::format(
      ":root {{ color-scheme: light dark;{} }}\n"
      "@media screen and (prefers-color-scheme: dark) {{ :root {{{} }} }}\n",
      variables(&Shade::light), variables(&Shade::dark));
}

}  // namespace lacuna::experiments::report
