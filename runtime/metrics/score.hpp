#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

/// What a model is judged by.
namespace lacuna {

enum class Better { smaller, larger };

/// One of the list below; two are the same where their addresses are.
struct Metric {
  std::string_view name;   ///< in JSON: "validation_" + name
  std::string_view title;  ///< for people
  Better better;
};

namespace metric {
inline constexpr Metric rmse{"rmse", "RMSE", Better::smaller};
inline constexpr Metric mae{"mae", "MAE", Better::smaller};
inline constexpr Metric accuracy{"accuracy", "accuracy", Better::larger};
inline constexpr Metric error_rate{"error_rate", "error rate", Better::smaller};
inline constexpr Metric auroc{"auroc", "AUROC", Better::larger};
inline constexpr Metric auprc{"auprc", "AUPRC", Better::larger};
inline constexpr Metric nll{"nll", "NLL", Better::smaller};
}  // namespace metric

/// The metric of this name, or nullptr.
const Metric* find_metric(std::string_view name);

struct Score {
  const Metric* metric = nullptr;
  double value = std::numeric_limits<double>::quiet_NaN();
  std::int64_t count = 0;  ///< of what `value` is a mean
};

/// Whether `a` beats `b`; NaN beats nothing, and all others beat it.
bool is_better(const Metric& metric, double a, double b);

}  // namespace lacuna
