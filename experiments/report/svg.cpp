#include "experiments/report/svg.hpp"

#include <fmt/format.h>

#include "experiments/report/html.hpp"
#include "experiments/report/palette.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::report {

namespace {

/// What stands between `begin` and `end`, without them.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t found = text.find(begin);
  const std::size_t from = found == text.npos ? found : found + begin.size();
  const std::size_t to = text.find(end, from);
  if (to == text.npos) throw IoError(fmt::format("gnuplot's SVG has no {} ... {}", begin, end));
  return text.substr(from, to - from);
}

/// Removes what stands from each `begin` to the next `end`, with them.
std::string without(std::string text, std::string_view begin, std::string_view end) {
  for (std::size_t from = text.find(begin); from != text.npos; from = text.find(begin, from)) {
    const std::size_t to = text.find(end, from);
    if (to == text.npos) break;
    text.erase(from, to + end.size() - from);
  }
  return text;
}

/// gnuplot opens a group for each change of pen and often puts nothing into it.
std::string without_empty_groups(std::string text) {
  constexpr std::string_view close = ">\n</g>\n";
  for (std::size_t at = text.find(close); at != text.npos; at = text.find(close, at)) {
    const std::size_t open = text.rfind('<', at);
    if (text.compare(open, 3, "<g ") == 0) {
      text.erase(open, at + close.size() - open);
      at = open;
    } else {
      ++at;
    }
  }
  return text;
}

}  // namespace

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string inline_svg(std::string_view svg, std::string_view prefix, std::string_view label) {
  const std::string box(between(svg, "viewBox=\"", "\""));
  std::string body(between(svg, "</desc>", "</svg>"));
  body = without(std::move(body), "<title>", "</title>");
  body = without(std::move(body), "<filter", "</filter>");
  body = without_empty_groups(std::move(body));
  body = replace_all(std::move(body), "xlink:href", "href");
  for (const char* reference : {" id='", " id=\"", "href='#", "url(#"}) {
    body = replace_all(std::move(body), reference, fmt::format("{}{}", reference, prefix));
  }
  return fmt::format("<svg viewBox=\"{}\" role=\"img\" aria-label=\"{}\">{}</svg>\n", box,
                     escape(label), with_css_colours(std::move(body)));
}

}  // namespace lacuna::experiments::report
