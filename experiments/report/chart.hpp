#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/report/curve.hpp"
#include "experiments/report/palette.hpp"

namespace lacuna::experiments::report {

/// How something is drawn, in the chart and in its legend.
struct Pen {
  enum class Shape { line, dot, band };
  Shape shape = Shape::line;
  std::size_t colour = ink_colour;
  int dash = 1;      ///< 1: solid, then gnuplot's patterns
  double width = 2;  ///< pixels
};

struct Line {
  Curve curve;
  Pen pen;
};

/// A filled strip, e.g. between two quantiles.
struct Band {
  struct Span {
    double x = 0;
    double low = 0;
    double high = 0;
  };
  std::vector<Span> spans;
  Pen pen;
};

/// A chart that is not drawn yet. It holds numbers and texts of ours only; names that users chose
/// stand in the legend, which is HTML.
struct Chart {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<Band> bands;
  std::vector<Line> lines;
  std::vector<Line> dots;
  std::vector<std::pair<Pen, std::string>> legend;
  std::string remark;  ///< after the legend
  std::optional<std::pair<double, double>> y_range;
  bool logarithmic_x = false;
};

/// Images of one size, side by side.
struct Tiles {
  /// What is black and white: 0 and 1, or each image's own extremes.
  enum class Scale { unit, each };
  std::string title;
  std::size_t height = 0;  ///< of an image
  std::size_t width = 0;
  std::size_t a_line = 20;    ///< images
  std::vector<float> values;  ///< [images, height, width]
  Scale scale = Scale::unit;
  std::string remark;
};

/// The pen of the series with this number, all of them different.
Pen series_pen(std::size_t number);

/// Draws charts as HTML figures. Without gnuplot there are none, which problem() then explains.
class ChartDrawer {
 public:
  /// A figure, or "" for a chart without lines, no tiles, and where nothing can be drawn.
  std::string draw(const Chart& chart);
  std::string draw_tiles(const Tiles& tiles);

  /// Why charts are missing, or "".
  const std::string& problem() const { return problem_; }

 private:
  std::string figure(const std::string& script, int width, int height, const std::string& label,
                     const std::string& caption);

  int drawn_ = 0;
  std::string problem_;
};

}  // namespace lacuna::experiments::report
