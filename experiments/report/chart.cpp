#include "experiments/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "experiments/report/html.hpp"
#include "experiments/report/svg.hpp"
#include "experiments/report/tile_grid.hpp"
#include "runtime/error.hpp"
#include "runtime/io/gnuplot.hpp"

namespace lacuna::experiments::report {

namespace {

constexpr int width = 600;
constexpr int height = 360;

/// SVG's names of gnuplot's dash patterns, for the legend.
constexpr std::array dash_arrays{"none", "5 8", "1.5 3", "8 4 2 4", "9 4 1 4 1 4"};

/// A script's data blocks and the parts of its one plot command.
class Script {
 public:
  void add(const Band& band) {
    std::string data;
    for (const Band::Span& span : band.spans) {
      data += fmt::format("{:.7g} {:.7g} {:.7g}\n", span.x, span.low, span.high);
    }
    add(data, fmt::format("using 1:2:3 with filledcurves fillstyle transparent solid 0.2 noborder "
                          "fillcolor rgb {}",
                          plot_colour(band.pen.colour)));
  }

  void add(const Line& line) {
    std::string data;
    for (const CurvePoint& point : line.curve)
      data += fmt::format("{:.7g} {:.7g}\n", point.x, point.y);
    const std::string colour = plot_colour(line.pen.colour);
    add(data, line.pen.shape == Pen::Shape::dot
                  ? fmt::format("with points pointtype 7 pointsize 0.5 linecolor rgb {}", colour)
                  : fmt::format("with lines linewidth {} dashtype {} linecolor rgb {}",
                                line.pen.width, line.pen.dash, colour));
  }

  bool empty() const { return plots_.empty(); }
  std::string text() const { return data_ + "plot " + plots_ + "\n"; }

 private:
  void add(const std::string& data, const std::string& style) {
    if (data.empty()) return;
    data_ += fmt::format("$d{} << EOD\n{}EOD\n", blocks_, data);
    plots_ += fmt::format("{}$d{} {} notitle", blocks_ == 0 ? "" : ", ", blocks_, style);
    ++blocks_;
  }

  int blocks_ = 0;
  std::string data_;
  std::string plots_;
};

Script plots_of(const Chart& chart) {
  Script script;
  for (const Band& band : chart.bands) script.add(band);
  for (const Line& line : chart.lines) script.add(line);
  for (const Line& dots : chart.dots) script.add(dots);
  return script;
}

std::string axes_of(const Chart& chart) {
  std::string axes = fmt::format(
      "set border 3\nset tics nomirror out scale 0.5\nset autoscale xfix\n"
      "set grid ytics linetype 1 linewidth 1 linecolor rgb {}\nset xlabel {}\nset ylabel {}\n",
      plot_colour(rule_colour), io::gnuplot_quote(chart.x_label), io::gnuplot_quote(chart.y_label));
  if (chart.y_range) {
    axes +=
        fmt::format("set yrange [{:.7g}:{:.7g}]\n", chart.y_range->first, chart.y_range->second);
  }
  if (chart.logarithmic_x) axes += "set logscale x\n";
  return axes;
}

/// A sample of the pen.
std::string key(const Pen& pen) {
  std::string shape;
  switch (pen.shape) {
    case Pen::Shape::dot:
      shape = "<circle cx=\"15\" cy=\"5\" r=\"3.5\" fill=\"{}\"/>";
      break;
    case Pen::Shape::band:
      shape = "<path d=\"M0 0h30v10h-30z\" fill=\"{}\" fill-opacity=\"0.2\"/>";
      break;
    case Pen::Shape::line:
      shape = fmt::format(
          "<path d=\"M0 5h30\" stroke=\"{{}}\" stroke-width=\"{}\" stroke-dasharray=\"{}\"/>",
          pen.width, dash_arrays[static_cast<std::size_t>(pen.dash - 1) % dash_arrays.size()]);
  }
  return fmt::format("<svg class=\"key\" viewBox=\"0 0 30 10\" aria-hidden=\"true\">{}</svg>",
                     fmt::format(fmt::runtime(shape), css_colour(pen.colour)));
}

std::string caption_of(const Chart& chart) {
  std::string caption = element("strong", chart.title);
  if (!chart.remark.empty()) caption += " " + escape(chart.remark);
  if (chart.legend.empty()) return caption;
  caption += "\n<ul class=\"legend\">";
  for (const auto& [pen, text] : chart.legend) {
    caption += fmt::format("<li>{}{}</li>", key(pen), escape(text));
  }
  return caption + "</ul>";
}

}  // namespace

Pen series_pen(std::size_t number) {
  return {.shape = Pen::Shape::line,
          .colour = number % series_colours,
          .dash = 1 + static_cast<int>(number / series_colours % dash_arrays.size())};
}

std::string ChartDrawer::draw(const Chart& chart) {
  const Script script = plots_of(chart);
  if (script.empty()) return "";
  return figure(axes_of(chart) + script.text(), width, height,
                fmt::format("Chart: {}. {}", chart.title, chart.remark), caption_of(chart));
}

std::string ChartDrawer::draw_tiles(const Tiles& tiles) {
  if (tiles.values.empty()) return "";
  const TileGrid grid(tiles);
  const std::string caption = element("strong", tiles.title) + " " + escape(tiles.remark);
  return figure(grid.script(), width, grid.picture_height(width),
                fmt::format("Tiles: {}. {}", tiles.title, tiles.remark), caption);
}

std::string ChartDrawer::figure(const std::string& script, int wide, int high,
                                const std::string& label, const std::string& caption) {
  if (!problem_.empty()) return "";
  std::string svg;
  try {
    svg = io::plot_svg(script, wide, high);
  } catch (const IoError& error) {
    problem_ = error.what();
    return "";
  }
  return fmt::format("<figure>\n{}<figcaption>{}</figcaption></figure>\n",
                     inline_svg(svg, fmt::format("c{}-", ++drawn_), label), caption);
}

}  // namespace lacuna::experiments::report
