#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/tasks/rating_prediction/cell_predictions.hpp"
#include "experiments/tasks/rating_prediction/rating_lookup.hpp"
#include "experiments/tasks/rating_prediction/rating_predictions.hpp"
#include "runtime/data/ratings/cell_file.hpp"

namespace lacuna::experiments {

/// Single cells that are to be predicted, those that the data do not know among them.
struct WantedCells {
  std::vector<RatingPrediction> list;  ///< ids only, until set_values()
  std::vector<Cell> cells;             ///< of those that the data know
  std::vector<std::size_t> place;      ///< by cell: where it stands in the list
  std::vector<std::int32_t> item;      ///< by entry of the list; -1: the data do not know it

  void add(RatingPrediction asked, std::optional<Cell> cell, std::int32_t item_index);
  /// One of `predicted` per cell; all others get `cold`, with a remark.
  void set_values(const std::vector<CellPrediction>& predicted, float cold);
};

/// In the order of a file; `new_user`: of one who is not in the data, the only row.
WantedCells wanted_pairs(const std::vector<data::NamedCell>& pairs, bool new_user,
                         const RatingLookup& lookup, const data::Ids& items);

/// All items but those that are marked.
WantedCells unseen_items(const std::vector<std::uint8_t>& seen,
                         const std::optional<std::string>& id, std::int32_t user,
                         const data::Ids& items, const RatingLookup& lookup);

/// The positions of the best predictions, best first. Cold ones come last: a mean says nothing
/// about an item, but would stand before all that a critical user is predicted. Of equal ones, as
/// clipped ones are, the one that the model puts higher comes first, then the smaller id.
std::vector<std::size_t> best(const std::vector<CellPrediction>& predictions, std::size_t count);

}  // namespace lacuna::experiments
