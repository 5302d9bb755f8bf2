#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "experiments/tasks/probe/probe.hpp"
#include "experiments/tasks/probe/probe_files.hpp"
#include "runtime/io/gnuplot.hpp"
#include "runtime/metrics/interval_text.hpp"

namespace lacuna::experiments {

namespace {

/// "x y" lines as a block of gnuplot data.
template <class Y>
std::string block(const std::string& name, const std::vector<std::int64_t>& x, Y y_of_level) {
  std::string text = fmt::format("${} << EOD\n", name);
  for (std::size_t level = 0; level < x.size(); ++level) {
    for (const double y : y_of_level(level)) text += fmt::format("{} {}\n", x[level], y);
  }
  return text + "EOD\n";
}

std::string panel(const Probe& probe, std::size_t index, const ProbeWords& words) {
  const ProbePair& shown = probe.pairs.front();
  const std::vector<double> means = probe.mean();
  const auto one = [](double y) { return std::array{y}; };
  const std::string pair =
      fmt::format("{} {}, {} {}", words.first, shown.first, words.second, shown.second);
  return block(fmt::format("masks{}", index), probe.known,
               [&](std::size_t level) { return std::span(probe.draws[level]); }) +
         block(fmt::format("pair{}", index), probe.known,
               [&](std::size_t level) { return one(shown.mean[level]); }) +
         block(fmt::format("mean{}", index), probe.known,
               [&](std::size_t level) { return one(means[level]); }) +
         fmt::format(
             "set title {0}\nset label 1 {2} at graph 0.04, 0.96 font ',11'\n"
             "plot $masks{1} with points pointtype 7 pointsize 0.35 linecolor rgb '#9ecae1' "
             "title {3}, {4} with lines dashtype 2 linecolor rgb '#777777' title 'its {6}', "
             "$pair{1} with lines linewidth 2 linecolor rgb '#6baed6' title 'its mean', "
             "$mean{1} with lines linewidth 3 linecolor rgb '#08519c' title 'mean of {5} pairs'\n",
             io::gnuplot_quote(probe.variant), index,
             io::gnuplot_quote("slope " + metrics::shown(slope(probe), metrics::Sign::always)),
             io::gnuplot_quote(pair), shown.actual, probe.pairs.size(), words.value);
}

/// All panels share the axes, so that their slopes can be compared.
std::string script(const std::vector<Probe>& probes, const ProbeWords& words) {
  std::vector<double> shown;
  for (const Probe& probe : probes) {
    shown.push_back(probe.pairs.front().actual);
    for (const auto& draws : probe.draws) shown.insert(shown.end(), draws.begin(), draws.end());
    const std::vector<double> means = probe.mean();
    shown.insert(shown.end(), means.begin(), means.end());
  }
  const auto [low, high] = std::ranges::minmax(shown);
  const double margin = 0.05 * (high - low) + 0.01;
  std::string text = fmt::format(
      "set multiplot layout 1,{0} margins 0.085,0.96,0.14,0.9 spacing 0.06\n"
      "set xlabel 'known {3}s of the row'\nset ylabel 'predicted {3}' offset 1\n"
      "set yrange [{1}:{2}]\nset logscale x\nset autoscale xfix\nset grid\nset key bottom right "
      "font "
      "',9' samplen 1.5\n",
      probes.size(), low - margin, high + margin, words.value);
  for (std::size_t i = 0; i < probes.size(); ++i) {
    text += panel(probes[i], i, words);
    text += "unset ylabel\nunset key\n";
  }
  return text + "unset multiplot\n";
}

}  // namespace

std::filesystem::path write_probes(const std::filesystem::path& folder,
                                   const std::vector<Probe>& probes, const ProbeWords& words) {
  write_probe_files(folder, probes, words);
  const std::filesystem::path picture = folder / "probe.png";
  io::plot(script(at_best(probes), words), picture);
  return picture;
}

}  // namespace lacuna::experiments
