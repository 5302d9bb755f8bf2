#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace lacuna {

enum class Better { smaller, larger };

/// What a score measures. There is one object of each, below: two are the same where their
/// addresses are.
struct Metric {
  std::string_view name;   ///< in JSON keys
  std::string_view title;  ///< in tables and pictures
  Better better;
  bool root = false;  ///< it is the square root of a mean
};

namespace metric {

inline constexpr Metric rmse{"rmse", "RMSE", Better::smaller, true};
inline constexpr Metric mae{"mae", "MAE", Better::smaller};
/// Root of the sum of squared errors over that of squared values.
inline constexpr Metric nmse{"nmse", "NMSE", Better::smaller, true};
inline constexpr Metric accuracy{"accuracy", "accuracy", Better::larger};
inline constexpr Metric error_rate{"error_rate", "error rate", Better::smaller};
inline constexpr Metric auroc{"auroc", "AUROC", Better::larger};
inline constexpr Metric auprc{"auprc", "AUPRC", Better::larger};
inline constexpr Metric nll{"nll", "NLL", Better::smaller};  ///< negative log-likelihood, natural
inline constexpr Metric bits_per_dim{"bits_per_dim", "bits per dimension", Better::smaller};
inline constexpr Metric pseudo_nll{"pseudo_nll", "pseudo-NLL", Better::smaller};
inline constexpr Metric cross_entropy{"cross_entropy", "cross-entropy", Better::smaller};
/// What a model minimises.
inline constexpr Metric objective{"objective", "objective", Better::smaller};
// Of codes, one row per case: shares of units, and Hoyer's sparsity.
inline constexpr Metric active{"active", "active units", Better::smaller};
inline constexpr Metric dead{"dead", "dead units", Better::smaller};
inline constexpr Metric hoyer{"hoyer", "Hoyer", Better::larger};
// Of ordered lists.
inline constexpr Metric ndcg{"ndcg", "NDCG", Better::larger};
inline constexpr Metric recall{"recall", "recall", Better::larger};
inline constexpr Metric precision{"precision", "precision", Better::larger};
inline constexpr Metric mrr{"mrr", "MRR", Better::larger};

inline constexpr std::array all{&rmse,      &mae,  &accuracy,     &error_rate, &auroc,
                                &auprc,     &nll,  &bits_per_dim, &pseudo_nll, &cross_entropy,
                                &active,    &dead, &hoyer,        &ndcg,       &recall,
                                &precision, &mrr,  &nmse,         &objective};

}  // namespace metric

/// The metric of that name, or null.
constexpr const Metric* find_metric(std::string_view name) {
  for (const Metric* metric : metric::all) {
    if (metric->name == name) return metric;
  }
  return nullptr;
}

struct Score {
  const Metric* metric = nullptr;  ///< null: nothing was scored
  double value = std::numeric_limits<double>::quiet_NaN();
  std::int64_t count = 0;  ///< of the values that it is a mean of
};

/// Whether `a` is better than `b` and not as good. NaN is worse than any number.
constexpr bool is_better(const Metric& metric, double a, double b) {
  if (a != a || b != b) return a == a;
  return metric.better == Better::smaller ? a < b : a > b;
}

}  // namespace lacuna
