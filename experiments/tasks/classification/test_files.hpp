#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/tasks/task.hpp"
#include "runtime/metrics/classification.hpp"

namespace lacuna::experiments {

inline constexpr std::string_view confusion_file = "confusion.csv";
inline constexpr std::string_view roc_file = "roc.csv";

/// What a run keeps of its test rows besides scores: confusion.csv, actual class,predicted,rows,
/// and roc.csv, class,threshold,false_positive_rate,true_positive_rate: of two classes the curve of
/// the second, of more each one's against the rest; absent where there is no curve.
std::vector<NamedFile> test_files(const metrics::ClassPredictions& said,
                                  const std::vector<std::string>& classes);

/// A confusion.csv read back.
struct Confusion {
  std::vector<std::string> classes;
  metrics::ConfusionMatrix matrix;
};
/// Throws IoError that names the line where the file is damaged.
Confusion read_confusion(const std::filesystem::path& file);

/// A curve of a roc.csv.
struct RocCurve {
  std::string positive;
  std::vector<metrics::RocPoint> points;
};
/// Throws IoError that names the line where the file is damaged.
std::vector<RocCurve> read_roc(const std::filesystem::path& file);

}  // namespace lacuna::experiments
