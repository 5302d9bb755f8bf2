#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/reproduce/reproduce.hpp"

/// A paper's figure once more: cells whose `paper` names an abscissa.
namespace lacuna::experiments {

/// A score or another number of a series at one place, over the seeds.
struct FigurePoint {
  std::string row;     ///< the panel
  std::string series;  ///< the variant's name up to its last comma
  double x = 0;
  std::string score;  ///< "rmse", "output_dense"; "gap": that minus "output_sparse"; "slope"
  metrics::Interval value;
};

/// Of each cell with an abscissa its first score, its details and the groups' gaps, of baselines
/// their first score, and sparsity_slopes().
std::vector<FigurePoint> figure_points(const ReproductionReport& report);

/// row,series,x,score,runs,mean,half_width_95; x is empty for baselines and slopes.
std::string figure_csv(const std::vector<FigurePoint>& points);

/// What the figure shows, computed from paired intervals, a Markdown list: for each series of each
/// row how its error changes from the first abscissa to the last, how it then compares with the
/// baseline, how far apart the outputs of the dense and of the sparse rows are, and how the errors
/// of the first series compare with its own at each place; then the first layer's zeros, what is
/// no_likelihoods_of(), and the slopes.
std::string figure_sentences(const ReproductionReport& report);

/// Whether a baseline is so far off that curves beside it would fill less than a sixth of a
/// picture.
bool is_far(const FigurePoint& baseline, const std::vector<FigurePoint>& curves);

/// Writes <folder>/<table>.csv and a picture <folder>/<table>_<row>.png for each row: the error,
/// with baselines that are not far off, and the mean output of each group, of several outputs
/// their gaps, or the first layer's zeros.
/// Throws IoError, as where gnuplot is missing.
void write_figure(const ReproductionReport& report, const std::filesystem::path& folder);

}  // namespace lacuna::experiments
