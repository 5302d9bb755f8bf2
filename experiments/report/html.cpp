#include "experiments/report/html.hpp"

#include <fmt/format.h>

#include "experiments/report/palette.hpp"
#include "experiments/report/stylesheet.hpp"

namespace lacuna::experiments::report {

namespace {

std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  const bool forbidden = (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  return forbidden ? "\uFFFD" : "";
}

std::string header_row(const std::vector<std::string>& cells) {
  std::string row = "<thead><tr>";
  for (const std::string& cell : cells) {
    row += cell.empty() ? "<td></td>" : fmt::format("<th scope=\"col\">{}</th>", escape(cell));
  }
  return row + "</tr></thead>\n";
}

std::string body_row(const std::vector<std::string>& cells) {
  std::string row = fmt::format("<tr><th scope=\"row\">{}</th>", escape(cells.front()));
  for (std::size_t c = 1; c < cells.size(); ++c) row += element("td", cells[c]);
  return row + "</tr>\n";
}

}  // namespace

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const std::string_view safe = replacement(c);
    safe.empty() ? escaped += c : escaped += safe;
  }
  return escaped;
}

std::string element(std::string_view tag, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", tag, escape(text));
}

std::string section(std::string_view heading, std::string_view inner) {
  if (inner.empty()) return "";
  return fmt::format("<section>\n{}\n{}</section>\n", element("h2", heading), inner);
}

std::string table(std::string_view caption, const Rows& rows, Cells cells) {
  if (rows.size() < 2) return "";
  // A wide table scrolls in its own box, by keyboard, too; the page itself never does.
  std::string html = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">"
      "<table class=\"{1}\"><caption>{0}</caption>\n",
      escape(caption), cells == Cells::numbers ? "numbers" : "text");
  html += header_row(rows.front()) + "<tbody>\n";
  for (std::size_t r = 1; r < rows.size(); ++r) html += body_row(rows[r]);
  return html + "</tbody></table></div>\n";
}

std::string details(std::string_view summary, std::string_view text) {
  return fmt::format("<details>{}<pre>{}</pre></details>\n", element("summary", summary),
                     escape(text));
}

std::string notice(std::string_view text) {
  return fmt::format("<p class=\"notice\">{}</p>\n", escape(text));
}

std::string page(std::string_view title, std::string_view inner) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "{}\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
      element("title", title), palette_css(), stylesheet, inner);
}

}  // namespace lacuna::experiments::report
