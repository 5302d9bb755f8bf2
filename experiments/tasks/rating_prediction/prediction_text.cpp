#include "experiments/tasks/rating_prediction/prediction_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "runtime/data/whole_number.hpp"
#include "runtime/io/csv_field.hpp"
#include "runtime/metrics/table.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

bool has_users(const RatingPredictions& predictions) {
  return std::ranges::any_of(predictions.list,
                             [](const RatingPrediction& one) { return one.user.has_value(); });
}

bool has_titles(const RatingPredictions& predictions) {
  return std::ranges::any_of(predictions.list,
                             [](const RatingPrediction& one) { return !one.title.empty(); });
}

class Shown final : public Predictions {
 public:
  explicit Shown(RatingPredictions predictions) : predictions_(std::move(predictions)) {}
  std::size_t count() const override { return predictions_.list.size(); }
  Json json() const override { return to_json(predictions_); }
  void csv(const io::WriteText& write) const override { write(experiments::csv(predictions_)); }
  std::string text() const override { return table(predictions_); }

 private:
  RatingPredictions predictions_;
};

Json id_json(const std::string& id, bool is_number) {
  const auto number = is_number ? data::whole_number(id) : std::nullopt;
  return number ? Json(*number) : Json(id);
}

}  // namespace

Json to_json(const RatingPredictions& predictions) {
  const bool users = has_users(predictions);
  const bool titles = has_titles(predictions);
  Json list = Json::array();
  for (const RatingPrediction& prediction : predictions.list) {
    Json entry = Json::object();
    if (users) entry.set("user", id_json(*prediction.user, predictions.number_users));
    entry.set("item", id_json(prediction.item, predictions.number_items));
    entry.set("prediction", prediction.value);
    entry.set("cold", prediction.cold);
    if (titles) entry.set("title", prediction.title.empty() ? Json() : Json(prediction.title));
    list.push_back(std::move(entry));
  }
  return Json::object({{"run", predictions.run.string()}, {"predictions", std::move(list)}});
}

std::string CsvLines::header() const {
  return fmt::format("{}item,prediction,cold{}\n", users ? "user," : "", titles ? ",title" : "");
}

void CsvLines::add(const RatingPrediction& prediction, std::string& text) const {
  const auto out = std::back_inserter(text);
  if (users) fmt::format_to(out, "{},", io::csv_field(*prediction.user));
  fmt::format_to(out, "{},{},{}", io::csv_field(prediction.item), prediction.value,
                 prediction.cold);
  if (titles) fmt::format_to(out, ",{}", io::csv_field(prediction.title));
  text += '\n';
}

std::string csv(const RatingPredictions& predictions) {
  const CsvLines lines{.users = has_users(predictions), .titles = has_titles(predictions)};
  std::string text = lines.header();
  for (const RatingPrediction& prediction : predictions.list) lines.add(prediction, text);
  return text;
}

std::string table(const RatingPredictions& predictions) {
  const bool users = has_users(predictions);
  const bool titles = has_titles(predictions);
  std::vector<std::string> header;
  if (titles) header.emplace_back("title");  // the first column is the one for words
  if (users) header.emplace_back("user");
  header.insert(header.end(), {"item", "prediction", "cold"});
  metrics::Table table(std::move(header));
  for (const RatingPrediction& prediction : predictions.list) {
    std::vector<std::string> cells;
    if (titles) cells.push_back(prediction.title);
    if (users) cells.push_back(*prediction.user);
    cells.insert(cells.end(), {prediction.item, fmt::format("{:.4f}", prediction.value),
                               prediction.cold ? "cold" : ""});
    table.add_row(std::move(cells));
  }
  return table.text();
}

std::unique_ptr<Predictions> as_predictions(RatingPredictions predictions) {
  return std::make_unique<Shown>(std::move(predictions));
}

}  // namespace lacuna::experiments
