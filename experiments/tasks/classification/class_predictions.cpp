#include "experiments/tasks/classification/class_predictions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/io/csv_field.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

class ClassPredictions final : public Predictions {
 public:
  explicit ClassPredictions(RowPredictions predictions) : predictions_(std::move(predictions)) {}

  std::size_t count() const override { return static_cast<std::size_t>(predictions_.rows); }

  Json json() const override {
    Json list = Json::array();
    for (std::size_t r = 0; r < count(); ++r) {
      Json probabilities = Json::object();
      for (std::size_t c = 0; c < classes().size(); ++c) {
        probabilities.set(classes()[c], row(r)[c]);
      }
      list.push_back(
          Json::object({{"prediction", most_probable(r)}, {"probabilities", probabilities}}));
    }
    return Json::object({{"run", predictions_.run}, {"predictions", std::move(list)}});
  }

  void csv(const io::WriteText& write) const override {
    std::string text = "prediction";
    for (const std::string& name : classes()) text += "," + io::csv_field("probability of " + name);
    text += '\n';
    for (std::size_t r = 0; r < count(); ++r) {
      text += io::csv_field(most_probable(r));
      for (const float p : row(r)) text += fmt::format(",{}", p);
      text += '\n';
    }
    write(text);
  }

  std::string text() const override {
    std::vector<std::string> header{"prediction", "row"};
    for (const std::string& name : classes()) header.push_back("p(" + name + ")");
    metrics::Table table(std::move(header));
    for (std::size_t r = 0; r < count(); ++r) {
      std::vector<std::string> cells{most_probable(r), std::to_string(r + 1)};
      for (const float p : row(r)) cells.push_back(fmt::format("{:.4f}", p));
      table.add_row(std::move(cells));
    }
    return table.text();
  }

 private:
  const std::vector<std::string>& classes() const { return predictions_.classes; }
  std::span<const float> row(std::size_t r) const {
    return std::span(predictions_.values).subspan(r * classes().size(), classes().size());
  }
  const std::string& most_probable(std::size_t r) const {
    const auto largest = std::ranges::max_element(row(r)) - row(r).begin();
    return classes()[static_cast<std::size_t>(largest)];
  }

  RowPredictions predictions_;
};

}  // namespace

std::unique_ptr<Predictions> class_predictions(RowPredictions predictions) {
  return std::make_unique<ClassPredictions>(std::move(predictions));
}

}  // namespace lacuna::experiments
