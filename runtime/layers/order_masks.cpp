#include "runtime/layers/order_masks.hpp"

#include <algorithm>
#include <numeric>

#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna {

namespace {

using Places = std::vector<std::int32_t>;

void append(Places& table, const Places& row) {
  table.insert(table.end(), row.begin(), row.end());
}

Places counting_up(std::int64_t count) {
  Places places(static_cast<std::size_t>(count));
  std::iota(places.begin(), places.end(), 0);
  return places;
}

Places inverse(const Places& order) {
  Places place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(i);
  }
  return place;
}

/// How many of the ascending `degrees` are at most `degree`.
std::int32_t seen_of(const Places& degrees, std::int32_t degree) {
  return static_cast<std::int32_t>(std::ranges::upper_bound(degrees, degree) - degrees.begin());
}

/// Appends a mask to a hidden layer; returns its units' degrees, ascending.
Places add_hidden(LayerTable& layer, const Places& below, std::int64_t columns,
                  data::RandomSequence& random) {
  Places degree(static_cast<std::size_t>(layer.units));
  for (std::int32_t& each : degree) {
    each = below.front() + static_cast<std::int32_t>(random.below(columns - below.front()));
  }
  Places order = counting_up(layer.units);
  std::ranges::stable_sort(
      order, {}, [&](std::int32_t unit) { return degree[static_cast<std::size_t>(unit)]; });
  std::ranges::sort(degree);
  append(layer.unit_order, order);
  for (const std::int32_t own : degree) layer.depth.push_back(seen_of(below, own));
  return degree;
}

/// Appends a mask to a layer whose units are the cells' outputs.
void add_output(LayerTable& layer, const Places& below) {
  for (std::int32_t place = 0; place < static_cast<std::int32_t>(layer.units); ++place) {
    layer.depth.push_back(seen_of(below, place));
  }
}

}  // namespace

OrderMasks order_masks(const MaskPlan& plan) {
  OrderMasks masks;
  std::int64_t inputs = plan.columns;
  for (const std::int64_t units : plan.units) {
    masks.hidden.push_back({inputs, units, {}, {}});
    inputs = units;
  }
  masks.output = {inputs, plan.columns, {}, {}};
  masks.direct = {plan.columns, plan.columns, {}, {}};
  Places cell_degrees = counting_up(plan.columns);
  for (std::int32_t& degree : cell_degrees) ++degree;
  for (std::int64_t mask = 0; mask < plan.masks; ++mask) {
    data::RandomSequence random({plan.seed, purpose::masks, static_cast<std::uint32_t>(mask)});
    Places cells = counting_up(plan.columns);
    if (plan.order == CellOrder::random) {
      for (std::int64_t i = plan.columns - 1; i > 0; --i) {
        std::swap(cells[static_cast<std::size_t>(i)],
                  cells[static_cast<std::size_t>(random.below(i + 1))]);
      }
    }
    append(masks.cell_order, cells);
    append(masks.cell_place, inverse(cells));
    Places degrees = cell_degrees;
    for (LayerTable& layer : masks.hidden) {
      degrees = add_hidden(layer, degrees, plan.columns, random);
    }
    add_output(masks.output, degrees);
    add_output(masks.direct, cell_degrees);
  }
  return masks;
}

}  // namespace lacuna
