#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

namespace lacuna {

enum class Better { smaller, larger };

/// What a model can be judged by. Its identity is the address of the entry in the list below.
struct Metric {
  std::string_view name;   ///< in JSON keys: "validation_" + name
  std::string_view title;  ///< for people
  Better better = Better::smaller;
};

namespace metric {

inline constexpr Metric rmse{"rmse", "RMSE", Better::smaller};
inline constexpr Metric mae{"mae", "MAE", Better::smaller};
inline constexpr Metric accuracy{"accuracy", "accuracy", Better::larger};
inline constexpr Metric error_rate{"error_rate", "error rate", Better::smaller};
inline constexpr Metric auroc{"auroc", "AUROC", Better::larger};
inline constexpr Metric auprc{"auprc", "AUPRC", Better::larger};
inline constexpr Metric nll{"nll", "NLL", Better::smaller};

inline constexpr const Metric* all[] = {&rmse, &mae, &accuracy, &error_rate, &auroc, &auprc, &nll};

}  // namespace metric

/// The metric of that name, or nullptr.
constexpr const Metric* find_metric(std::string_view name) {
  for (const Metric* known : metric::all) {
    if (known->name == name) return known;
  }
  return nullptr;
}

/// A value of a metric.
struct Score {
  const Metric* metric = nullptr;
  double value = std::numeric_limits<double>::quiet_NaN();
  std::int64_t count = 0;  ///< of what it is a mean
};

/// Whether `a` is better than `b`; NaN is worse than any number.
inline bool is_better(const Metric& metric, double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(b) && !std::isnan(a);
  return metric.better == Better::smaller ? a < b : a > b;
}

}  // namespace lacuna
