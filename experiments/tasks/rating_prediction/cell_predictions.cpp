#include "experiments/tasks/rating_prediction/cell_predictions.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/data/upload.hpp"
#include "runtime/error.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

/// Matrices of the rows that hold cells, and of these only.
struct Request {
  data::CsrArrays input;           ///< what is known of the rows
  data::CsrArrays cells;           ///< each cell once
  std::vector<std::uint8_t> warm;  ///< by entry of `cells`
};

void append_row(data::CsrArrays& rows, const data::CsrArrays& known, std::int32_t row) {
  const auto begin = static_cast<std::ptrdiff_t>(known.row_ptr[static_cast<std::size_t>(row)]);
  const auto end = static_cast<std::ptrdiff_t>(known.row_ptr[static_cast<std::size_t>(row) + 1]);
  rows.col.insert(rows.col.end(), known.col.begin() + begin, known.col.begin() + end);
  rows.value.insert(rows.value.end(), known.value.begin() + begin, known.value.begin() + end);
  rows.row_ptr.push_back(rows.nnz());
  ++rows.rows;
}

/// `sorted`: ascending, each cell once.
Request request_of(const std::vector<Cell>& sorted, const data::CsrArrays& known,
                   const data::RatingStats& train) {
  Request request;
  request.input.cols = request.cells.cols = known.cols;
  request.input.row_ptr = request.cells.row_ptr = {0};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto [row, col] = sorted[i];
    if (i == 0 || row != sorted[i - 1].row) {
      append_row(request.input, known, row);
      request.cells.row_ptr.push_back(request.cells.row_ptr.back());
      ++request.cells.rows;
    }
    ++request.cells.row_ptr.back();
    request.cells.col.push_back(col);
    request.cells.value.push_back(0);
    const auto r = static_cast<std::size_t>(row);
    const bool warm =
        known.row_ptr[r + 1] > known.row_ptr[r] && train.per_col[static_cast<std::size_t>(col)] > 0;
    request.warm.push_back(warm ? 1 : 0);
  }
  return request;
}

void check_finite(std::span<const float> raw) {
  if (std::ranges::all_of(raw, [](float value) { return std::isfinite(value); })) return;
  throw NonFiniteError(
      "the model predicts NaN or infinity: look for huge values in its weights and in the ratings "
      "it is given");
}

}  // namespace

std::vector<CellPrediction> predict_cells(DeviceContext& context, Model& model,
                                          const RatingTask& task,
                                          const RatingPredictionConfig& config,
                                          const data::CsrArrays& known,
                                          const std::vector<Cell>& cells) {
  if (cells.empty()) return {};
  std::vector<Cell> sorted = cells;
  std::ranges::sort(sorted);
  const auto repeated = std::ranges::unique(sorted);
  sorted.erase(repeated.begin(), repeated.end());
  const Request request = request_of(sorted, known, task.stats());

  const CsrMatrix input = upload(context, task.scaling().to_numbers(request.input));
  const CsrMatrix wanted = upload(context, request.cells);
  Predictor predictor(context, model, asked_of(input, wanted));
  const std::span<float> value = predictor.predict();
  task.scaling().to_ratings(value);
  check_finite(value);
  const std::vector<float> raw(value.begin(), value.end());
  apply_rule(task.rule(config, request.warm), value);

  std::vector<CellPrediction> predictions;
  predictions.reserve(cells.size());
  for (const Cell& cell : cells) {
    const auto entry =
        static_cast<std::size_t>(std::ranges::lower_bound(sorted, cell) - sorted.begin());
    predictions.push_back({value[entry], raw[entry], request.warm[entry] == 0});
  }
  return predictions;
}

}  // namespace lacuna::experiments
