#include "runtime/layers/masked_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "runtime/layers/initialize.hpp"
#include "runtime/ops/dense_ops.hpp"

namespace lacuna {

using ops::MaskNumber;

namespace {

/// K' / count with K' the mean count over the layer's units (Yi et al., appendix F), mask by mask.
std::vector<float> scales_of(const LayerTable& layer) {
  const auto units = static_cast<std::size_t>(layer.units);
  std::vector<float> scales;
  for (auto mask = layer.depth.begin(); mask != layer.depth.end();
       mask += static_cast<std::ptrdiff_t>(units)) {
    const auto end = mask + static_cast<std::ptrdiff_t>(units);
    const double mean = std::accumulate(mask, end, 0.0) / static_cast<double>(units);
    for (auto depth = mask; depth != end; ++depth) {
      scales.push_back(static_cast<float>(mean / std::max(*depth, 1)));
    }
  }
  return scales;
}

/// K of the units of the first layer, mask by mask. How many non-zeros a unit sees in the mean is
/// the sum of the means of its columns, of zeros and ones.
std::vector<float> visible_constants(const OrderMasks& masks,
                                     const VisibleNormalization& normalization) {
  const LayerTable& first = masks.hidden.front();
  if (normalization.k) {
    return std::vector<float>(first.depth.size(), static_cast<float>(*normalization.k));
  }
  const std::vector<float>& column_mean = normalization.column_mean;
  const auto columns = column_mean.size();
  const auto units = static_cast<std::size_t>(first.units);
  std::vector<float> means;
  for (std::size_t mask = 0; mask * units < first.depth.size(); ++mask) {
    std::vector<double> before{0};
    for (std::size_t place = 0; place < columns; ++place) {
      const auto column = static_cast<std::size_t>(masks.cell_order[mask * columns + place]);
      before.push_back(before.back() + static_cast<double>(column_mean[column]));
    }
    for (std::size_t unit = 0; unit < units; ++unit) {
      const auto depth = static_cast<std::size_t>(first.depth[mask * units + unit]);
      means.push_back(static_cast<float>(before[depth]));
    }
  }
  return means;
}

/// int32 [masks, count].
Tensor places(DeviceContext& context, std::int64_t masks, std::int64_t count) {
  return Tensor::uninitialized(context.pool(), DType::i32, {masks, count});
}

void assign_numbers(const Tensor& tensor, const std::vector<float>& values) {
  with_dtype(tensor.dtype(), [&]<class T>() {
    const std::vector<T> converted(values.begin(), values.end());
    tensor.assign(std::as_bytes(std::span(converted)));
  });
}

}  // namespace

Variable MaskedNetwork::Layer::product(Program& program, const Variable& x,
                                       const MaskNumber& number) const {
  const Variable weight = ops::by_places(program, program.of(linear.weight()), masks, number);
  return ops::masked_product(program, x, weight, masks, number);
}

Variable MaskedNetwork::Layer::biases(Program& program, const MaskNumber& number) const {
  const Variable bias = program.of(linear.bias());
  if (!masks.unit_order.defined()) return bias;
  return ops::by_places(program, bias, {masks.masks, {}, masks.unit_order, {}, {}}, number);
}

void MaskedNetwork::Layer::fill(const LayerTable& table) const {
  masks.depth.assign(std::as_bytes(std::span(table.depth)));
  if (masks.scale.defined()) assign_numbers(masks.scale, scales_of(table));
}

MaskedNetwork::MaskedNetwork(DeviceContext& context, DType dtype, const MaskedNetworkPlan& plan)
    : dtype_(dtype),
      plan_(plan),
      seed_(plan.masks.seed),
      mask_seed_(Tensor::uninitialized(context.pool(), DType::i64, {1})) {
  const auto& [columns, units, masks, order, seed] = plan.masks;
  mask_seed_.assign(std::as_bytes(std::span(&seed, 1)));
  if (order == CellOrder::random) {
    cell_order_ = places(context, masks, columns);
    cell_place_ = places(context, masks, columns);
  }
  Tensor below = cell_order_;
  std::int64_t inputs = columns;
  for (const std::int64_t width : units) {
    const Tensor own = places(context, masks, width);
    const std::string name = fmt::format("layer{}", hidden_.size() + 1);
    hidden_.push_back(make_layer(context, name, below, own, inputs, width, true));
    below = own;
    inputs = width;
  }
  if (!hidden_.empty()) {
    output_ = make_layer(context, "output", below, cell_order_, inputs, columns, true);
  }
  if (plan.direct) {
    direct_ = make_layer(context, "direct", cell_order_, cell_order_, columns, columns, !output_);
  }
  if (plan.visible) visible_k_ = Tensor::zeros(context.pool(), dtype_, {masks, units.at(0)});
  fill_tables();
}

std::unique_ptr<MaskedNetwork::Layer> MaskedNetwork::make_layer(
    DeviceContext& context, const std::string& name, const Tensor& input_order,
    const Tensor& unit_order, std::int64_t inputs, std::int64_t units, bool biased) {
  auto layer = std::unique_ptr<Layer>(new Layer{
      Linear(context, dtype_, name, inputs, units, biased),
      {plan_.masks.masks, input_order, unit_order, places(context, plan_.masks.masks, units), {}}});
  if (plan_.scaled) {
    layer->masks.scale = Tensor::zeros(context.pool(), dtype_, {plan_.masks.masks, units});
  }
  const double limit = 1 / std::sqrt(static_cast<double>(inputs));
  initialize_uniform(context, layer->linear.weight(), limit, seed_, drawn_++);
  if (biased) initialize_uniform(context, layer->linear.bias(), limit, seed_, drawn_++);
  return layer;
}

void MaskedNetwork::fill_tables() {
  const OrderMasks masks = order_masks(plan_.masks);
  if (cell_order_.defined()) {
    cell_order_.assign(std::as_bytes(std::span(masks.cell_order)));
    cell_place_.assign(std::as_bytes(std::span(masks.cell_place)));
  }
  for (std::size_t i = 0; i < hidden_.size(); ++i) {
    hidden_[i]->masks.unit_order.assign(std::as_bytes(std::span(masks.hidden[i].unit_order)));
    hidden_[i]->fill(masks.hidden[i]);
  }
  if (output_) output_->fill(masks.output);
  if (direct_) direct_->fill(masks.direct);
  if (visible_k_.defined()) {
    assign_numbers(visible_k_, visible_constants(masks, *plan_.visible));
  }
}

// Weights that were read bring the seed of their masks.
void MaskedNetwork::follow_seed() {
  std::uint64_t seed = 0;
  std::memcpy(&seed, mask_seed_.to_host().data(), sizeof seed);
  if (seed == plan_.masks.seed) return;
  plan_.masks.seed = seed;
  fill_tables();
}

std::vector<Parameter*> MaskedNetwork::parameters() {
  std::vector<Parameter*> all;
  const auto add = [&](Layer& layer) {
    all.push_back(&layer.linear.weight());
    if (layer.linear.biased()) all.push_back(&layer.linear.bias());
  };
  for (const auto& layer : hidden_) add(*layer);
  if (output_) add(*output_);
  if (direct_) add(*direct_);
  return all;
}

Variable MaskedNetwork::by_places(Program& program, const Variable& x, const MaskNumber& number) {
  follow_seed();
  if (!cell_order_.defined()) return x;
  return ops::by_places(program, x, {plan_.masks.masks, {}, cell_order_, {}, {}}, number);
}

Variable MaskedNetwork::by_columns(Program& program, const Variable& x, const MaskNumber& number) {
  follow_seed();
  if (!cell_place_.defined()) return x;
  return ops::by_places(program, x, {plan_.masks.masks, {}, cell_place_, {}, {}}, number);
}

Variable MaskedNetwork::record(Program& program, const Variable& x, const Variable& scaled,
                               const MaskNumber& number, Activation activation) {
  follow_seed();
  Variable hidden = scaled;
  for (const auto& layer : hidden_) {
    Variable a = layer->product(program, hidden, number);
    if (visible_k_.defined() && layer == hidden_.front()) {
      a = ops::visible_normalize(program, x, a, layer->masks, visible_k_, number);
    }
    hidden = ops::bias(program, a, layer->biases(program, number), plan_.activation);
  }
  const Layer& last = output_ ? *output_ : *direct_;
  Variable cells = last.product(program, hidden, number);
  if (output_ && direct_) {
    cells = ops::sum(program, cells, direct_->product(program, scaled, number));
  }
  return ops::bias(program, cells, last.biases(program, number), activation);
}

}  // namespace lacuna
