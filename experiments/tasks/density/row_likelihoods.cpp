#include "experiments/tasks/density/row_likelihoods.hpp"

#include <fmt/format.h>

#include "experiments/tasks/density/density_task.hpp"
#include "experiments/tasks/rows/rows_of_file.hpp"
#include "runtime/metrics/table.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

using config::Json;

namespace {

class RowLikelihoods final : public Predictions {
 public:
  RowLikelihoods(std::string run, std::span<const float> log_likelihoods) : run_(std::move(run)) {
    for (const float each : log_likelihoods) nll_.push_back(-each);
  }

  std::size_t count() const override { return nll_.size(); }

  Json json() const override {
    Json list = Json::array();
    for (const float nll : nll_) list.push_back(Json::object({{"nll", nll}}));
    return Json::object({{"run", run_}, {"predictions", std::move(list)}});
  }

  void csv(const io::WriteText& write) const override {
    std::string text = "nll\n";
    for (const float nll : nll_) text += fmt::format("{}\n", nll);
    write(text);
  }

  std::string text() const override {
    metrics::Table table({"row", "NLL, nats"});
    for (std::size_t r = 0; r < nll_.size(); ++r) {
      table.add_row({std::to_string(r + 1), fmt::format("{:.4f}", nll_[r])});
    }
    return table.text();
  }

 private:
  std::string run_;
  std::vector<float> nll_;
};

}  // namespace

std::unique_ptr<Predictions> row_likelihoods(const PredictRequest& request) {
  RowsOfFile file(request);
  check_likelihood(file.model());
  check_binary(file.rows(), "the file's");
  Predictor predictor(file.context(), file.model(), file.on_device(), Output::log_likelihood);
  const std::span<const float> likelihoods = predictor.predict();
  check_finite(likelihoods, "rows of the file");
  return std::make_unique<RowLikelihoods>(request.run.folder.string(), likelihoods);
}

}  // namespace lacuna::experiments
