#include "experiments/tasks/representation/row_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/tasks/representation/judge_codes.hpp"
#include "experiments/tasks/representation/representation_task.hpp"
#include "experiments/tasks/rows/rows_of_file.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

struct RowReport {
  double reconstruction_rmse;  ///< NaN where the model has none
  std::int64_t active;
};

class RowReports final : public Predictions {
 public:
  RowReports(std::string run, std::vector<RowReport> rows)
      : run_(std::move(run)), rows_(std::move(rows)) {}

  std::size_t count() const override { return rows_.size(); }

  Json json() const override {
    Json list = Json::array();
    for (const RowReport& row : rows_) {
      list.push_back(Json::object(
          {{"reconstruction_rmse", row.reconstruction_rmse}, {"active_units", row.active}}));
    }
    return Json::object({{"run", run_}, {"predictions", std::move(list)}});
  }

  void csv(const io::WriteText& write) const override {
    std::string text = "reconstruction_rmse,active_units\n";
    for (const RowReport& row : rows_) {
      text += fmt::format("{},{}\n", row.reconstruction_rmse, row.active);
    }
    write(text);
  }

  std::string text() const override {
    metrics::Table table({"row", "reconstruction", "active units"});
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      table.add_row({std::to_string(r + 1), fmt::format("{:.4f}", rows_[r].reconstruction_rmse),
                     std::to_string(rows_[r].active)});
    }
    return table.text();
  }

 private:
  std::string run_;
  std::vector<RowReport> rows_;
};

}  // namespace

std::unique_ptr<Predictions> row_report(const PredictRequest& request) {
  RowsOfFile file(request);
  RowOutputs outputs(file.context(), file.model(), file.on_device());
  const auto& config = std::get<RepresentationConfig>(request.run.variant.experiment.evaluate);
  const double least = active_above(config, file.model());
  const std::span<const float> codes = outputs.codes();
  check_finite(codes, "rows of the file");
  const std::span<const float> again = outputs.reconstruction();
  const auto units = static_cast<std::size_t>(outputs.units());
  const auto rows = static_cast<std::size_t>(file.rows().rows());
  std::vector<RowReport> reports;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t columns = again.size() / rows;
    const std::int64_t row = static_cast<std::int64_t>(r);
    const auto active = std::ranges::count_if(codes.subspan(r * units, units),
                                              [&](float unit) { return double{unit} > least; });
    reports.push_back({reconstruction_error(data::take_rows(file.rows(), std::span(&row, 1)),
                                            again.subspan(r * columns, columns)),
                       active});
  }
  return std::make_unique<RowReports>(request.run.folder.string(), std::move(reports));
}

}  // namespace lacuna::experiments
