#include "experiments/tasks/regression/number_predictions.hpp"

#include <fmt/format.h>

#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

class NumberPredictions final : public Predictions {
 public:
  explicit NumberPredictions(RowPredictions predictions) : predictions_(std::move(predictions)) {}

  std::size_t count() const override { return predictions_.values.size(); }

  Json json() const override {
    Json list = Json::array();
    for (const float value : predictions_.values) {
      list.push_back(Json::object({{"prediction", value}}));
    }
    return Json::object({{"run", predictions_.run}, {"predictions", std::move(list)}});
  }

  void csv(const io::WriteText& write) const override {
    std::string text = "prediction\n";
    for (const float value : predictions_.values) text += fmt::format("{}\n", value);
    write(text);
  }

  std::string text() const override {
    metrics::Table table({"row", "prediction"});
    for (std::size_t r = 0; r < count(); ++r) {
      table.add_row({std::to_string(r + 1), fmt::format("{:.4f}", predictions_.values[r])});
    }
    return table.text();
  }

 private:
  RowPredictions predictions_;
};

}  // namespace

std::unique_ptr<Predictions> number_predictions(RowPredictions predictions) {
  predictions.schema.value().target_scaling.undo(predictions.values);
  return std::make_unique<NumberPredictions>(std::move(predictions));
}

}  // namespace lacuna::experiments
