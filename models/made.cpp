#include "models/made.hpp"

#include "runtime/error.hpp"
#include "runtime/layers/masked_network.hpp"
#include "runtime/ops/dense_ops.hpp"
#include "runtime/ops/likelihood_ops.hpp"
#include "runtime/ops/loss_ops.hpp"
#include "runtime/train/gradient_learner.hpp"
#include "runtime/train/row_counts.hpp"

namespace lacuna::models {

namespace {

using ops::MaskNumber;
using ops::OrderedCells;

class Made final : public Model {
 public:
  Made(DeviceContext& context, const MadeConfig& config, const Facts& facts, std::uint64_t seed)
      : Model(facts.dtype),
        config_(config),
        facts_(facts),
        mean_count_(mean_non_zeros(facts.rows_by_non_zeros)),
        seed_(seed),
        network_(context, dtype(), plan(seed)) {
    if (!by_row()) return;
    log_count_share_ = Tensor::of(context.pool(), dtype(), {facts.columns + 1},
                                  log_count_shares(facts.rows_by_non_zeros));
  }

  std::vector<Parameter*> parameters() override { return network_.parameters(); }
  std::vector<NamedTensor> statistics() override {
    std::vector<NamedTensor> all{{"mask_seed", network_.mask_seed()}};
    if (log_count_share_.defined()) all.push_back({"log_count_share", log_count_share_});
    return all;
  }

  std::unique_ptr<Learner> learner(const Training& training) override {
    return gradient_learner(training, parameters(),
                            [this](Program& program) { record_objective(program); });
  }

  bool has_objective() const override { return true; }
  // Its term is told for a cell, its weight makes it that of a row.
  void record_objective(Program& program) override {
    const Batch& batch = program.batch();
    const LossTerm& loss = program.loss(
        "nll", {.weight = static_cast<double>(facts_.columns), .metric = &metric::nll});
    const OrderedCells cells = record_cells(program, input(program), nullptr);
    const DenseField target{.value = cells.x.tensor(), .observed = {}};
    ops::sigmoid_cross_entropy(program, loss, cells.logits, target,
                               batch.holds("weight") ? &batch.get<DenseField>("weight") : nullptr);
  }

  bool offers(Output output) const override {
    switch (output) {
      case Output::prediction:
      case Output::samples:
      case Output::log_likelihood:
        return true;
      case Output::conditional_log_likelihood:
        return by_row();
      case Output::averaged_logits:
        return config_.masks > 1;
      default:
        return false;
    }
  }
  Variable record(Program& program, Output output) override {
    const auto cells = [this](Program& inner, const Variable& x, const MaskNumber& number) {
      return record_cells(inner, x, number);
    };
    switch (output) {
      case Output::prediction:
        return record_probabilities(program);
      case Output::samples:
        return record_samples(program);
      case Output::log_likelihood:
        return ops::mixture_log_likelihood(program, input(program), config_.masks, log_count_share_,
                                           cells);
      case Output::conditional_log_likelihood:
        return ops::mixture_log_likelihood(program, input(program), config_.masks, {}, cells);
      case Output::averaged_logits:
        return ops::averaged_logits(
            program, input(program), config_.masks,
            [this](Program& inner, const Variable& x, const MaskNumber& number) -> OrderedCells {
              const OrderedCells ordered = record_cells(inner, x, number);
              return {x, network_.by_columns(inner, ordered.logits, number)};
            });
      default:
        throw std::logic_error("a made has nothing of that kind");
    }
  }

 private:
  static Variable input(Program& program) {
    return program.input(program.batch().get<DenseField>("input").value);
  }

  const MadeNormalization* normalization(CountOf count) const {
    const auto* normalization = std::get_if<MadeNormalization>(&config_.input);
    return normalization != nullptr && normalization->count == count ? normalization : nullptr;
  }
  /// Whether the likelihood is one given the row's count.
  bool by_row() const { return normalization(CountOf::row) != nullptr; }

  MaskedNetworkPlan plan(std::uint64_t seed) const {
    MaskedNetworkPlan plan{.masks = {.columns = facts_.columns,
                                     .units = {},
                                     .masks = config_.masks,
                                     .order = config_.order,
                                     .seed = seed},
                           .activation = config_.activation,
                           .direct = config_.direct,
                           .scaled = config_.normalize_masks};
    for (const MadeLayer& layer : config_.layers) plan.masks.units.push_back(layer.units);
    if (const auto* visible = normalization(CountOf::visible)) {
      plan.visible.emplace();
      plan.visible->column_mean = facts_.column_mean;
      const auto* named = std::get_if<NormalizationConstant>(&visible->k);
      if (named == nullptr || *named != NormalizationConstant::mean_count) {
        plan.visible->k = number(visible->k);
      }
    }
    return plan;
  }

  double number(const std::variant<NormalizationConstant, double>& k) const {
    const auto* named = std::get_if<NormalizationConstant>(&k);
    if (named == nullptr) return std::get<double>(k);
    if (*named == NormalizationConstant::inputs) return static_cast<double>(facts_.columns);
    if (*named == NormalizationConstant::mean_count) return mean_count_;
    return config_.layers.empty() ? 1 : config_.layers.front().units;
  }

  /// What the network reads of rows.
  Variable scaled(Program& program, const Variable& x) const {
    if (const auto* scale = std::get_if<ConstantScale>(&config_.input)) {
      return ops::impute(program, {.value = x.tensor(), .observed = {}},
                         {.scale = number(scale->k) / mean_count_});
    }
    const auto* row = normalization(CountOf::row);
    if (row == nullptr) return x;
    return ops::sparsity_normalize(program, x, {}, {number(row->k), CountBy::non_zeros});
  }

  OrderedCells record_cells(Program& program, const Variable& rows, const MaskNumber& number,
                            Activation activation = Activation::identity) {
    const Variable x = network_.by_places(program, rows, number);
    return {x, network_.record(program, x, scaled(program, x), number, activation)};
  }

  Variable record_probabilities(Program& program) {
    const MaskNumber first = std::make_shared<std::int64_t>(0);
    const OrderedCells cells = record_cells(program, input(program), first, Activation::sigmoid);
    return network_.by_columns(program, cells.logits, first);
  }

  Variable record_samples(Program& program) {
    Tensor scale;
    if (const auto* row = normalization(CountOf::row)) {
      scale = program.constant(
          drawn_count_scales(log_count_share_, number(row->k), program.batch().most_rows(), seed_));
    }
    const Variable drawn = ops::drawn_in_order(
        program, facts_.columns, seed_,
        [&](Program& inner, const Variable& x, const MaskNumber& number) -> OrderedCells {
          const Variable read =
              scale.defined() ? ops::scale_rows(inner, x, scale) : scaled(inner, x);
          return {x, network_.record(inner, x, read, number, Activation::identity)};
        });
    return network_.by_columns(program, drawn, nullptr);
  }

  MadeConfig config_;
  Facts facts_;
  double mean_count_;  // of non-zeros in a training row
  std::uint64_t seed_;
  MaskedNetwork network_;
  Tensor log_count_share_;  // where a likelihood is given the count
};

}  // namespace

std::unique_ptr<Model> make_model(DeviceContext& context, const MadeConfig& config,
                                  const Facts& facts, std::uint64_t seed) {
  if (facts.columns < 2) throw ConfigError("model.type 'made' takes rows of two cells or more");
  if (!facts.binary) {
    throw ConfigError(
        "model.type 'made' takes complete rows of zeros and ones, and these have others");
  }
  const auto* normalization = std::get_if<MadeNormalization>(&config.input);
  if (normalization != nullptr && normalization->count == CountOf::visible &&
      config.layers.empty()) {
    throw ConfigError("model.input.count visible is of hidden units: model.layers is empty");
  }
  return std::make_unique<Made>(context, config, facts, seed);
}

}  // namespace lacuna::models
