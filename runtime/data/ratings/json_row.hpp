#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/data/ratings/rating_row.hpp"

namespace lacuna::data {

/// Reads rows that are JSON objects (JSON lines).
class JsonRows {
 public:
  JsonRows();
  JsonRows(const JsonRows&) = delete;
  JsonRows& operator=(const JsonRows&) = delete;
  ~JsonRows();

  /// The texts of `out` live until the next call. Throws RowError: no object, a key that is absent
  /// or occurs twice, an id that is neither text nor a number, a rating that is no number.
  RowOutcome parse(std::string_view row, const RowLayout& layout, RatingRow& out);

  /// The keys of an object, in its order. Throws RowError where no value is text or a number.
  std::vector<std::string> keys(std::string_view row);

  /// A product's id and title, as Amazon's lists have them; empty where there is none.
  std::pair<std::string, std::string> title(std::string_view row);

 private:
  struct State;
  State& state();

  std::unique_ptr<State> state_;  // made when it is first needed
};

}  // namespace lacuna::data
