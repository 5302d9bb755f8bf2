#pragma once

#include <compare>
#include <vector>

#include "experiments/tasks/rating_prediction/rating_task.hpp"

namespace lacuna::experiments {

/// A pair of user and item as a cell of the data: which of them is the row is data.vectors.
struct Cell {
  std::int32_t row = 0;
  std::int32_t col = 0;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

struct CellPrediction {
  float value = 0;    ///< by the rule that evaluation uses, too
  float raw = 0;      ///< as the model has it; tells clipped ones apart
  bool cold = false;  ///< the row is empty, or no training rating is in the column
};

/// Predictions of `cells`, which come in any order and may repeat, from the rows of `known`: the
/// task's training ratings, or a new user's. Of `known`, rows that hold none of the cells are not
/// looked at. Throws NonFiniteError where the model gives NaN or infinities.
std::vector<CellPrediction> predict_cells(DeviceContext& context, Model& model,
                                          const RatingTask& task,
                                          const RatingPredictionConfig& config,
                                          const data::CsrArrays& known,
                                          const std::vector<Cell>& cells);

}  // namespace lacuna::experiments
