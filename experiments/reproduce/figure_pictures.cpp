#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "experiments/reproduce/figure.hpp"
#include "experiments/reproduce/layer_zeros.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/gnuplot.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

namespace {

using Points = std::vector<FigurePoint>;

/// One curve with its intervals, as gnuplot draws it from a block of data of its own.
struct Curve {
  std::string title;
  Points points;
  int colour = 1;
  bool dashed = false;
};

bool is_output(const FigurePoint& point) {
  return point.score.starts_with("output_");
}
bool is_gap(const FigurePoint& point) {
  return point.score.starts_with("gap");
}
/// The mean over rows before training or after it.
bool is_zeros(const FigurePoint& point) {
  return point.score.starts_with(layer_zeros) && point.score.ends_with("_mean");
}

std::string block(const Curve& curve, int number) {
  std::string text = fmt::format("$curve{} << EOD\n", number);
  for (const FigurePoint& point : curve.points) {
    const double half = std::isnan(point.value.half_width) ? 0 : point.value.half_width;
    text += fmt::format("{:g} {:g} {:g}\n", point.x, point.value.mean, half);
  }
  return text + "EOD\n";
}

std::string panel(const std::string& title, const std::vector<Curve>& curves, const Points& levels,
                  int first) {
  std::string blocks, plot;
  int number = first;
  for (const Curve& curve : curves) {
    blocks += block(curve, number);
    plot += fmt::format(
        "{}$curve{} using 1:2:3 with yerrorlines pointtype 7 pointsize 0.6 linewidth 2 "
        "linecolor {} dashtype {} title {}",
        plot.empty() ? "plot " : ", ", number++, curve.colour, curve.dashed ? 2 : 1,
        io::gnuplot_quote(curve.title));
  }
  for (const FigurePoint& level : levels) {
    plot += fmt::format(", {:g} with lines linecolor rgb '#777777' dashtype 3 title {}",
                        level.value.mean, io::gnuplot_quote(level.series));
  }
  return fmt::format("{}set title {}\n{}\n", blocks, io::gnuplot_quote(title), plot);
}

/// One for each series, or for each group's output of each series.
std::vector<Curve> curves_of(const Points& points) {
  std::vector<Curve> curves;
  std::map<std::string, int> colours;
  for (const FigurePoint& point : points) {
    std::string title = point.series;
    if (is_output(point)) title += ", " + point.score.substr(7);
    if (is_gap(point)) title += ", class " + point.score.substr(4);
    if (is_zeros(point)) {
      title += point.score.starts_with(before_training) ? ", before training" : ", after";
    }
    const int colour =
        colours.try_emplace(point.series, static_cast<int>(colours.size()) + 1).first->second;
    auto found = std::ranges::find(curves, title, &Curve::title);
    if (found == curves.end()) {
      const bool dashed =
          point.score.starts_with("output_sparse") || point.score.starts_with(before_training);
      found = curves.insert(found, {title, {}, colour, dashed});
    }
    found->points.push_back(point);
  }
  for (Curve& curve : curves) std::ranges::sort(curve.points, {}, &FigurePoint::x);
  return curves;
}

/// What the abscissa is called, with a logarithmic scale where it goes far.
std::string abscissa(const ReproductionReport& report) {
  double least = 0, most = 0;
  std::string name;
  for (const ReproducedCell& cell : report.cells) {
    if (!cell.x) continue;
    least = name.empty() ? *cell.x : std::min(least, *cell.x);
    most = std::max(most, *cell.x);
    name = cell.x_name.substr(cell.x_name.rfind('.') + 1);
  }
  std::ranges::replace(name, '_', ' ');
  return fmt::format("{}set xlabel {}\n", most >= 20 * least ? "set logscale x\n" : "",
                     io::gnuplot_quote(name));
}

std::string script(const std::string& row, const Points& points, const std::string& abscissa) {
  Points errors, outputs, gaps, zeros, levels;
  std::string score;
  std::set<std::string> gap_names;
  for (const FigurePoint& point : points) {
    if (point.score == "slope") continue;
    if (std::isnan(point.x)) {
      levels.push_back(point);
    } else if (is_output(point)) {
      outputs.push_back(point);
    } else if (is_gap(point)) {
      gaps.push_back(point);
      gap_names.insert(point.score);
    } else if (is_zeros(point)) {
      zeros.push_back(point);
    } else if (score.empty() || point.score == score) {
      score = point.score;  // the first is the whole, the others are groups
      errors.push_back(point);
    }
  }
  std::erase_if(levels, [&](const FigurePoint& level) { return is_far(level, errors); });
  const bool several = gap_names.size() > 1;
  const Points& beside = several ? gaps : zeros.empty() ? outputs : zeros;
  const std::vector<Curve> left = curves_of(errors), right = curves_of(beside);
  std::string text = fmt::format("set multiplot layout 1,{} title {}\nset grid\nset key below\n{}",
                                 right.empty() ? 1 : 2, io::gnuplot_quote(row), abscissa);
  std::ranges::replace(score, '_', ' ');
  text += panel(score, left, levels, 0);
  if (!right.empty()) {
    const char* title = several         ? "mean probability: dense minus sparse"
                        : zeros.empty() ? "mean output by group"
                                        : "share of first-layer units that are 0";
    text += panel(title, right, {}, static_cast<int>(left.size()));
  }
  return text + "unset multiplot\n";
}

std::string file_name(const std::string& row) {
  std::string name;
  for (const char c : row) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!plain && !name.empty() && name.back() != '_') name += '_';
  }
  return name;
}

}  // namespace

bool is_far(const FigurePoint& baseline, const Points& curves) {
  double least = INFINITY, most = -INFINITY;
  for (const FigurePoint& point : curves) {
    least = std::min(least, point.value.mean);
    most = std::max(most, point.value.mean);
  }
  const double away = std::max(least - baseline.value.mean, baseline.value.mean - most);
  return least < most && away > 5 * (most - least);
}

void write_figure(const ReproductionReport& report, const fs::path& folder) {
  const Points points = figure_points(report);
  fs::create_directories(folder);
  io::write_file_atomically(folder / (report.table + ".csv"), figure_csv(points));
  std::set<std::string> drawn;
  for (const FigurePoint& point : points) {
    if (std::isnan(point.x) || !drawn.insert(point.row).second) continue;
    Points of_row;
    std::ranges::copy_if(points, std::back_inserter(of_row),
                         [&](const FigurePoint& other) { return other.row == point.row; });
    io::plot(script(point.row, of_row, abscissa(report)),
             folder / fmt::format("{}_{}.png", report.table, file_name(point.row)));
  }
}

}  // namespace lacuna::experiments
