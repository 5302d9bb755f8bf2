#include "runtime/metrics/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <tuple>

namespace lacuna::metrics {

namespace {

/// Sums of the weights of the rows with scores of at least `threshold`.
struct Threshold {
  double threshold = 0;
  double positives = 0;
  double negatives = 0;
};

struct Row {
  float score;
  bool positive;
  float weight;
};

std::vector<Row> rows(std::span<const float> scores, std::span<const std::int32_t> positive,
                      std::span<const float> weights) {
  if (positive.size() != scores.size() || (!weights.empty() && weights.size() != scores.size()))
    throw std::invalid_argument("scores, labels and weights differ in number");
  std::vector<Row> result;
  result.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const float weight = weights.empty() ? 1.0F : weights[i];
    if (std::isnan(scores[i])) throw std::invalid_argument("a score is NaN");
    if (positive[i] != 0 && positive[i] != 1) throw std::invalid_argument("a label is not 0 or 1");
    if (!(weight >= 0 && std::isfinite(weight)))
      throw std::invalid_argument("a weight is negative or not finite");
    result.push_back({scores[i], positive[i] == 1, weight});
  }
  return result;
}

/// One threshold for each distinct score, the largest first, after one that no score reaches.
std::vector<Threshold> thresholds(std::vector<Row> rows) {
  // By all they have: sums of weights must not depend on the order of the input.
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    return std::tie(b.score, b.positive, b.weight) < std::tie(a.score, a.positive, a.weight);
  });
  std::vector<Threshold> result{{.threshold = std::numeric_limits<double>::infinity()}};
  double last = std::numeric_limits<double>::quiet_NaN();
  for (const Row& row : rows) {
    const double score = row.score;
    if (score != last) result.push_back(result.back());
    last = result.back().threshold = score;
    (row.positive ? result.back().positives : result.back().negatives) += row.weight;
  }
  return result;
}

std::string_view missing_class(const Threshold& all) {
  if (all.positives == 0 && all.negatives == 0) return "no rows";
  if (all.positives == 0) return "no row of the positive class";
  if (all.negatives == 0) return "no row of the negative class";
  return "";
}

/// Whether b lies on the straight line between a and c.
bool in_line(const Threshold& a, const Threshold& b, const Threshold& c) {
  return (b.positives - a.positives) * (c.negatives - b.negatives) ==
         (c.positives - b.positives) * (b.negatives - a.negatives);
}

}  // namespace

Measure auroc(std::span<const float> scores, std::span<const std::int32_t> positive,
              std::span<const float> weights) {
  const std::vector<Threshold> curve = thresholds(rows(scores, positive, weights));
  const Threshold& all = curve.back();
  if (const auto reason = missing_class(all); !reason.empty()) return {{}, reason};
  double twice_area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    twice_area += (curve[i].negatives - curve[i - 1].negatives) *
                  (curve[i].positives + curve[i - 1].positives);
  }
  return {twice_area / 2 / (all.positives * all.negatives)};
}

Measure auprc(std::span<const float> scores, std::span<const std::int32_t> positive,
              std::span<const float> weights) {
  const std::vector<Threshold> curve = thresholds(rows(scores, positive, weights));
  const Threshold& all = curve.back();
  if (const auto reason = missing_class(all); !reason.empty()) return {{}, reason};
  double sum = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    const double gained = curve[i].positives - curve[i - 1].positives;
    if (gained == 0) continue;
    sum += gained * (curve[i].positives / (curve[i].positives + curve[i].negatives));
  }
  return {sum / all.positives};
}

std::vector<RocPoint> roc_curve(std::span<const float> scores,
                                std::span<const std::int32_t> positive,
                                std::span<const float> weights) {
  const std::vector<Threshold> curve = thresholds(rows(scores, positive, weights));
  const Threshold& all = curve.back();
  if (!missing_class(all).empty()) return {};
  std::vector<Threshold> corners;
  for (const Threshold& point : curve) {
    if (corners.size() >= 2 && in_line(corners[corners.size() - 2], corners.back(), point))
      corners.pop_back();
    corners.push_back(point);
  }
  std::vector<RocPoint> points;
  for (const Threshold& corner : corners) {
    points.push_back(
        {corner.threshold, corner.negatives / all.negatives, corner.positives / all.positives});
  }
  return points;
}

}  // namespace lacuna::metrics
