#include "experiments/tasks/classification/test_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/tasks/own_csv.hpp"
#include "runtime/io/csv_field.hpp"

namespace lacuna::experiments {

namespace {

std::string confusion_text(const metrics::ClassPredictions& said,
                           const std::vector<std::string>& classes) {
  const metrics::ConfusionMatrix matrix = metrics::confusion_matrix(said);
  std::string text = "actual,predicted,rows\n";
  for (std::int32_t actual = 0; actual < matrix.classes; ++actual) {
    for (std::int32_t predicted = 0; predicted < matrix.classes; ++predicted) {
      text += fmt::format("{},{},{}\n", io::csv_field(classes[static_cast<std::size_t>(actual)]),
                          io::csv_field(classes[static_cast<std::size_t>(predicted)]),
                          matrix.count(actual, predicted));
    }
  }
  return text;
}

/// The curve of one class against the others.
std::vector<metrics::RocPoint> curve_of(const metrics::ClassPredictions& said,
                                        std::int32_t positive) {
  std::vector<float> scores;
  std::vector<std::int32_t> labels;
  const auto classes = static_cast<std::size_t>(said.classes);
  for (std::size_t r = 0; r < said.labels.size(); ++r) {
    scores.push_back(said.probabilities[r * classes + static_cast<std::size_t>(positive)]);
    labels.push_back(said.labels[r] == positive ? 1 : 0);
  }
  return metrics::roc_curve(scores, labels, said.weights);
}

/// A line for each point.
std::string roc_points(const metrics::ClassPredictions& said,
                       const std::vector<std::string>& classes) {
  std::string text;
  for (std::int32_t c = said.classes == 2 ? 1 : 0; c < said.classes; ++c) {
    for (const metrics::RocPoint& point : curve_of(said, c)) {
      text += fmt::format("{},{},{},{}\n", io::csv_field(classes[static_cast<std::size_t>(c)]),
                          point.threshold, point.false_positive_rate, point.true_positive_rate);
    }
  }
  return text;
}

std::size_t index_of(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

}  // namespace

std::vector<NamedFile> test_files(const metrics::ClassPredictions& said,
                                  const std::vector<std::string>& classes) {
  std::vector<NamedFile> files{{std::string(confusion_file), confusion_text(said, classes)}};
  if (const std::string points = roc_points(said, classes); !points.empty()) {
    files.push_back({std::string(roc_file),
                     "class,threshold,false_positive_rate,true_positive_rate\n" + points});
  }
  return files;
}

Confusion read_confusion(const std::filesystem::path& file) {
  struct Cell {
    std::size_t actual, predicted;
    std::int64_t rows;
  };
  Confusion confusion;
  std::vector<Cell> cells;
  read_own_csv(file, [&](const OwnRow& row) {
    const double rows = row.number(2);
    cells.push_back({index_of(confusion.classes, row.text(0)),
                     index_of(confusion.classes, row.text(1)), std::llround(rows)});
  });
  const std::size_t classes = confusion.classes.size();
  confusion.matrix.classes = static_cast<std::int32_t>(classes);
  confusion.matrix.counts.resize(classes * classes);
  // The first row names the first class twice, the next ones the others: the order is the file's.
  for (const Cell& cell : cells) {
    confusion.matrix.counts[cell.actual * classes + cell.predicted] = cell.rows;
  }
  return confusion;
}

std::vector<RocCurve> read_roc(const std::filesystem::path& file) {
  std::vector<RocCurve> curves;
  read_own_csv(file, [&](const OwnRow& row) {
    const std::string positive = row.text(0);
    if (curves.empty() || curves.back().positive != positive) curves.push_back({positive, {}});
    curves.back().points.push_back({row.number(1), row.number(2), row.number(3)});
  });
  return curves;
}

}  // namespace lacuna::experiments
