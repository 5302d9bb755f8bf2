#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "experiments/tasks/rating_prediction/cell_predictions.hpp"
#include "runtime/data/ratings/cell_file.hpp"

namespace lacuna::experiments {

/// Where an id was given, for messages: an option, or a line of a file.
struct IdPlace {
  std::string_view source;
  std::int64_t line = 0;  ///< 0: not a file
};

/// Users and items of a data set by the ids of its file, whichever of them the rows are.
class RatingLookup {
 public:
  /// Refers to `dataset`.
  RatingLookup(const data::Dataset& dataset, data::Orientation vectors)
      : dataset_(dataset), by_user_(vectors == data::Orientation::user) {}

  /// The index of an id. Throws DataError that names it where the data have no rating of it.
  std::int32_t user(std::string_view id, IdPlace place) const;
  std::int32_t item(std::string_view id, IdPlace place) const;

  /// The same; nothing where there is no rating of one of them.
  std::optional<Cell> find(std::string_view user, std::string_view item) const;

  Cell cell(std::int32_t user, std::int32_t item) const {
    return by_user_ ? Cell{user, item} : Cell{item, user};
  }

  /// By item: 1 where the user has rated it, in whatever part of the split.
  std::vector<std::uint8_t> rated_by(std::int32_t user) const;

  /// The ratings of a user who is not in the data, as one row of user vectors. Throws DataError
  /// with the line of an unknown item, or of one that is rated twice. `path` is where they stand.
  data::CsrArrays new_user(std::vector<data::NamedCell> ratings, std::string_view path) const;

 private:
  const data::Dataset& dataset_;
  bool by_user_;
};

}  // namespace lacuna::experiments
