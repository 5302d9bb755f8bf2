#include <fmt/format.h>

#include "experiments/tasks/rating_prediction/probe.hpp"
#include "runtime/io/atomic_file.hpp"
#include "runtime/io/gnuplot.hpp"

namespace lacuna::experiments {

namespace {

/// `text` as a field of a CSV file.
std::string quoted(const std::string& text) {
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += c;
    field += c;
  }
  return field + '"';
}

std::string csv(const std::vector<ProbeCurve>& curves) {
  std::string text = "variant,known_ratings,draw,prediction,actual\n";
  for (const ProbeCurve& curve : curves) {
    const std::string variant = quoted(curve.variant);
    for (std::size_t level = 0; level < curve.known.size(); ++level) {
      for (std::size_t draw = 0; draw < curve.prediction[level].size(); ++draw) {
        text += fmt::format("{},{},{},{},{}\n", variant, curve.known[level], draw,
                            curve.prediction[level][draw], curve.actual);
      }
    }
  }
  return text;
}

std::string panel(const ProbeCurve& curve, std::size_t index) {
  std::string points = fmt::format("$points{} << EOD\n", index);
  std::string means = fmt::format("$means{} << EOD\n", index);
  for (std::size_t level = 0; level < curve.known.size(); ++level) {
    for (const float prediction : curve.prediction[level]) {
      points += fmt::format("{} {}\n", curve.known[level], prediction);
    }
    means += fmt::format("{} {}\n", curve.known[level], curve.mean(level));
  }
  return fmt::format(
      "{0}EOD\n{1}EOD\nset title {2}\n"
      "plot $points{3} with points pointtype 7 pointsize 0.35 linecolor rgb '#9ecae1' "
      "title 'one mask', {4} with lines dashtype 2 linecolor rgb '#777777' title 'actual', "
      "$means{3} with lines linewidth 3 linecolor rgb '#08519c' title 'mean of masks'\n",
      points, means, io::gnuplot_quote(curve.variant), index, curve.actual);
}

/// All panels share the axes, so that their slopes can be compared.
std::string script(const std::vector<ProbeCurve>& curves) {
  float low = static_cast<float>(curves.front().actual);
  float high = low;
  for (const ProbeCurve& curve : curves) {
    for (const auto& draws : curve.prediction) {
      for (const float prediction : draws) {
        low = std::min(low, prediction);
        high = std::max(high, prediction);
      }
    }
  }
  const float margin = 0.05f * (high - low) + 0.01f;
  std::string text = fmt::format(
      "set multiplot layout 1,{} margins 0.085,0.96,0.14,0.9 spacing 0.06\n"
      "set xlabel 'known ratings of the row'\nset ylabel 'predicted rating' offset 1\n"
      "set yrange [{}:{}]\nset logscale x\nset grid\nset key bottom right\n",
      curves.size(), low - margin, high + margin);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    text += panel(curves[i], i);
    text += "unset ylabel\nunset key\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace

std::filesystem::path write_probe(const std::filesystem::path& folder,
                                  const std::vector<ProbeCurve>& curves) {
  io::write_file_atomically(folder / "probe.csv", csv(curves));
  const std::filesystem::path picture = folder / "probe.png";
  io::plot(script(curves), picture);
  return picture;
}

}  // namespace lacuna::experiments
