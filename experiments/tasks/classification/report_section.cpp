#include "experiments/tasks/classification/report_section.hpp"

#include <fmt/format.h>

#include "experiments/report/html.hpp"
#include "experiments/tasks/classification/test_files.hpp"

namespace lacuna::experiments::report {

namespace {

namespace fs = std::filesystem;

std::string confusion_table(const VariantRecord& variant) {
  const fs::path file = first_with(variant, confusion_file);
  if (file.empty()) return "";
  const Confusion confusion = read_confusion(file);
  Rows rows{{"actual \\ predicted"}};
  rows[0].insert(rows[0].end(), confusion.classes.begin(), confusion.classes.end());
  for (std::int32_t actual = 0; actual < confusion.matrix.classes; ++actual) {
    std::vector<std::string> cells{confusion.classes[static_cast<std::size_t>(actual)]};
    for (std::int32_t predicted = 0; predicted < confusion.matrix.classes; ++predicted) {
      cells.push_back(std::to_string(confusion.matrix.count(actual, predicted)));
    }
    rows.push_back(std::move(cells));
  }
  return table(fmt::format("{}: test rows by class", variant.label), rows, Cells::numbers);
}

std::string roc_chart(const VariantRecord& variant, ChartDrawer& drawer) {
  const fs::path file = first_with(variant, roc_file);
  if (file.empty()) return "";
  Chart chart{.title = "ROC",
              .x_label = "false positive rate",
              .y_label = "true positive rate",
              .bands = {},
              .lines = {},
              .dots = {},
              .legend = {},
              .remark = "each class against the others, on test rows.",
              .y_range = std::pair(0.0, 1.0)};
  for (const RocCurve& curve : read_roc(file)) {
    const Pen pen = series_pen(chart.lines.size());
    Line line{.curve = {}, .pen = pen};
    for (const metrics::RocPoint& point : curve.points) {
      line.curve.push_back({point.false_positive_rate, point.true_positive_rate});
    }
    chart.lines.push_back(std::move(line));
    chart.legend.emplace_back(pen, curve.positive);
  }
  return element("h3", variant.label) + drawer.draw(chart);
}

}  // namespace

std::string classification_section(const std::vector<LaunchRecord>& launches, ChartDrawer& drawer) {
  std::string inner;
  std::string charts;
  for (const VariantRecord* variant : variants_of(launches)) {
    inner += confusion_table(*variant);
    charts += roc_chart(*variant, drawer);
  }
  if (!charts.empty()) inner += fmt::format("<div class=\"charts\">\n{}</div>\n", charts);
  return section("Classes of the test rows", inner);
}

}  // namespace lacuna::experiments::report
