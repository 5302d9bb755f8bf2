#include "experiments/tasks/rating_prediction/wanted_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

void WantedCells::add(RatingPrediction asked, std::optional<Cell> cell, std::int32_t item_index) {
  if (cell) {
    cells.push_back(*cell);
    place.push_back(list.size());
  }
  item.push_back(item_index);
  list.push_back(std::move(asked));
}

void WantedCells::set_values(const std::vector<CellPrediction>& predicted, float cold) {
  for (RatingPrediction& one : list) {
    one.value = cold;
    one.cold = true;
  }
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    list[place[i]].value = predicted[i].value;
    list[place[i]].cold = predicted[i].cold;
  }
  const std::size_t unknown = list.size() - predicted.size();
  if (unknown == 0) return;
  io::say(
      fmt::format("{} of {} pairs have a user or an item that the data do not know: {:.4f}, cold\n",
                  unknown, list.size(), cold));
}

WantedCells wanted_pairs(const std::vector<data::NamedCell>& pairs, bool new_user,
                         const RatingLookup& lookup, const data::Ids& items) {
  WantedCells wanted;
  for (const data::NamedCell& pair : pairs) {
    const std::int32_t item = items.find(pair.item).value_or(-1);
    std::optional<Cell> cell;
    if (!new_user) cell = lookup.find(pair.user, pair.item);
    if (new_user && item >= 0) cell = lookup.cell(0, item);
    RatingPrediction asked;
    if (!new_user) asked.user = pair.user;
    asked.item = pair.item;
    wanted.add(std::move(asked), cell, item);
  }
  return wanted;
}

WantedCells unseen_items(const std::vector<std::uint8_t>& seen,
                         const std::optional<std::string>& id, std::int32_t user,
                         const data::Ids& items, const RatingLookup& lookup) {
  WantedCells wanted;
  for (std::int32_t item = 0; item < items.size(); ++item) {
    if (seen[static_cast<std::size_t>(item)] != 0) continue;
    RatingPrediction asked;
    asked.user = id;
    asked.item = items.text(item);
    wanted.add(std::move(asked), lookup.cell(user, item), item);
  }
  return wanted;
}

std::vector<std::size_t> best(const std::vector<CellPrediction>& predictions, std::size_t count) {
  std::vector<std::size_t> order(predictions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const CellPrediction& prediction = predictions[i];
    const float raw = prediction.cold ? prediction.value : prediction.raw;
    return std::tuple(prediction.cold, -prediction.value, -raw, i);
  };
  const std::size_t kept = std::min(count, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept), {}, key);
  order.resize(kept);
  return order;
}

}  // namespace lacuna::experiments
