#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "models/registry.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/sparse.hpp"

/// A small configuration for each model, input handling and part there is: what trains on devices
/// is tested on all of them. Whoever adds one adds a line here.
namespace lacuna::testing {

inline constexpr std::int64_t training_rows = 45;

struct Configuration {
  std::string name;
  models::ModelConfig model;
  /// Without a target, complete: `unit`, of numbers from 0 to 1, and `binary`, of zeros and ones.
  enum class Rows { sparse, classes, numbers, unit, binary } rows = Rows::sparse;
};

inline Configuration autorec(std::string name, models::InputHandling input) {
  models::AutoRecConfig config;
  config.hidden_units = 20;
  config.input = std::move(input);
  config.weight_stddev = 0.1;
  return {std::move(name), config};
}

inline Configuration mlp(std::string name, models::InputHandling input,
                         models::MlpLayer layer = {.units = 12, .normalize = {}, .penalties = {}}) {
  models::MlpConfig config;
  config.layers = {layer,
                   {.units = 7, .activation = Activation::tanh, .normalize = {}, .penalties = {}}};
  config.input = std::move(input);
  return {std::move(name), config, Configuration::Rows::classes};
}

inline Configuration tied_autoencoder() {
  models::AutoencoderConfig config;
  config.hidden_units = 12;
  config.penalties = {models::L1Penalty{.weight = 0.1}};
  return {"AutoencoderTied", config, Configuration::Rows::classes};
}

inline Configuration autoencoder_of_probabilities() {
  models::AutoencoderConfig config;
  config.hidden_units = 12;
  config.activation = Activation::tanh;
  config.tied = false;
  config.decoder = Activation::sigmoid;
  config.loss = models::ReconstructionLoss::cross_entropy;
  return {"AutoencoderOfProbabilities", config, Configuration::Rows::unit};
}

inline Configuration autoimpute(std::string name, models::RowProducts products,
                                models::InputHandling input) {
  models::AutoImputeConfig config;
  config.hidden_units = 20;
  config.input = std::move(input);
  config.products = products;
  return {std::move(name), config};
}

inline Configuration cf_nade(std::string name, models::LevelSharing sharing, double ordinal_weight,
                             models::InputHandling input) {
  models::CfNadeConfig config;
  config.hidden_units = 20;
  config.input = std::move(input);
  config.sharing = sharing;
  config.ordinal_weight = ordinal_weight;
  config.levels = 4;
  return {std::move(name), config};
}

template <class Change>
Configuration rbm(std::string name, Change change) {
  models::RbmConfig config;
  config.hidden_units = 12;
  config.weight_stddev = 0.3;
  change(config);
  return {std::move(name), config, Configuration::Rows::unit};
}

template <class Change>
Configuration made(std::string name, Change change) {
  models::MadeConfig config;
  config.layers = {{.units = 12}};
  config.activation = Activation::tanh;
  change(config);
  return {std::move(name), config, Configuration::Rows::binary};
}

inline std::vector<Configuration> configurations() {
  using namespace models;
  std::vector<Configuration> all{
      autorec("AutorecSparsityNormalization", SparsityNormalized{}),
      autorec("AutorecZeroImputation", ZeroImputation{}),
      autorec("AutorecByNonZeros", SparsityNormalized{.k = 5.0, .count_by = CountBy::non_zeros}),
      autorec("AutorecConstantScale", ConstantScale{}),
      autoimpute("Autoimpute", RowProducts::dense, SparsityNormalized{}),
      autoimpute("AutoimputeByNonZeros", RowProducts::dense,
                 SparsityNormalized{.k = 5.0, .count_by = CountBy::non_zeros}),
      autoimpute("AutoimputeOfEntries", RowProducts::sparse, ZeroImputation{}),
      autoimpute("AutoimputeConstantScale", RowProducts::by_density, ConstantScale{}),
      cf_nade("CfNade", LevelSharing::none, 1, SparsityNormalized{}),
      cf_nade("CfNadeCumulative", LevelSharing::cumulative, 0.3, SparsityNormalized{}),
      cf_nade("CfNadeLikelihood", LevelSharing::none, 0, ZeroImputation{}),
      mlp("MlpZeroImputation", ZeroImputation{}),
      mlp("MlpMeanImputation", MeanImputation{}),
      mlp("MlpIndicators", Indicators{}),
      mlp("MlpMissingIndicators", Indicators{.of = IndicatorsOf::missing}),
      mlp("MlpNormalizedWithIndicators",
          Indicators{.of = IndicatorsOf::missing, .normalize = SparsityNormalized{}}),
      mlp("MlpNormalizedByNonZerosWithIndicators",
          Indicators{.normalize = SparsityNormalized{.k = 2.0, .count_by = CountBy::non_zeros}}),
      mlp("MlpConstantScale", ConstantScale{}),
      mlp("MlpSparsityNormalization", SparsityNormalized{}),
      mlp("MlpDropout", ZeroImputation{},
          {.units = 12, .dropout = 0.3, .normalize = {}, .penalties = {}}),
      mlp("MlpDropoutOfKept", ZeroImputation{},
          {.units = 12,
           .dropout = 0.3,
           .dropout_scale = ops::DropoutScale::kept,
           .normalize = {},
           .penalties = {}}),
      mlp("MlpHiddenNormalization", ZeroImputation{},
          {.units = 12,
           .normalize = SparsityNormalized{.k = NormalizationConstant::inputs},
           .penalties = {}}),
      mlp("MlpPenalty", ZeroImputation{},
          {.units = 12, .normalize = {}, .penalties = {L1Penalty{.weight = 0.1}}}),
      tied_autoencoder(),
      autoencoder_of_probabilities(),
      rbm("RbmContrastiveDivergence", [](RbmConfig&) {}),
      rbm("RbmPersistent",
          [](RbmConfig& config) {
            config.gibbs_steps = 3;
            config.persistent = true;
          }),
      rbm("RbmGaussianMeans",
          [](RbmConfig& config) {
            config.visible = VisibleUnits::gaussian;
            config.sample_visible = false;
          }),
      rbm("RbmGaussian", [](RbmConfig& config) { config.visible = VisibleUnits::gaussian; })};
  all.push_back(made("Made", [](MadeConfig&) {}));
  all.push_back(made("MadeOfMasks", [](MadeConfig& config) {
    config.layers = {{.units = 12}, {.units = 7}};
    config.masks = 3;
    config.order = CellOrder::random;
    config.direct = true;
    config.normalize_masks = true;
    config.input = MadeNormalization{};
  }));
  all.push_back(made("MadeVisible", [](MadeConfig& config) {
    config.masks = 2;
    config.input = MadeNormalization{.count = CountOf::visible};
  }));
  all.push_back(made("MadeDirect", [](MadeConfig& config) {
    config.layers = {};
    config.direct = true;
    config.input = ConstantScale{};
  }));
  Configuration weighted = mlp("MlpClassWeights", ZeroImputation{});
  std::get<MlpConfig>(weighted.model).class_weights = ClassWeights::balanced;
  std::get<MlpConfig>(weighted.model).biases = false;
  std::get<MlpConfig>(weighted.model).input_dropout = 0.2;
  all.push_back(weighted);
  Configuration numbers = mlp("MlpNumbers", ZeroImputation{});
  numbers.rows = Configuration::Rows::numbers;
  all.push_back(numbers);
  return all;
}

/// What a configuration is trained on, the same on every device.
inline DeviceRows rows_of(DeviceContext& context, Configuration::Rows kind,
                          DType dtype = DType::f32) {
  if (kind == Configuration::Rows::sparse) {
    return rows_of(random_csr(context, training_rows, 37, 0.7, 3, dtype));
  }
  DeviceRows rows{.rows = training_rows, .fields = {}};
  if (kind == Configuration::Rows::unit) {
    std::vector<float> values = normals(training_rows * 9, 3);
    for (float& value : values) value = value > 0 ? 1 - 0.1F * std::min(value, 1.F) : 0;
    rows.set("input", dense_field(context, training_rows, values, dtype));
    return rows;
  }
  if (kind == Configuration::Rows::binary) {
    std::vector<float> values = normals(training_rows * 9, 3);
    for (float& value : values) value = value > 0.3F ? 1 : 0;
    rows.set("input", dense_field(context, training_rows, values, dtype));
    return rows;
  }
  rows.set("input", dense_field(context, training_rows, normals(training_rows * 9, 3), dtype, 0.4));
  rows.set("weight",
           dense_field(context, training_rows, std::vector<float>(training_rows, 0.5f), dtype));
  if (kind == Configuration::Rows::numbers) {
    rows.set("target", dense_field(context, training_rows, normals(training_rows, 5), dtype));
    return rows;
  }
  std::vector<std::int32_t> labels;
  for (std::int32_t r = 0; r < training_rows; ++r) labels.push_back(r * 7 % 11 % 3);
  rows.set("target", label_field(context, labels, 3));
  return rows;
}

inline Facts facts_of(Configuration::Rows kind) {
  if (kind == Configuration::Rows::sparse) {
    return {
        .columns = 37,
        .mean_count = 11,
        .entries = std::make_shared<data::CsrArrays>(random_entries(training_rows, 37, 0.7, 3))};
  }
  Facts facts{.columns = 9, .mean_count = 5.4, .column_mean = std::vector(9, 0.1f)};
  if (kind == Configuration::Rows::unit) {
    facts.mean_count = 9;
    facts.most = 1;
    return facts;
  }
  if (kind == Configuration::Rows::binary) {
    facts.mean_count = 9;
    facts.most = 1;
    facts.binary = true;
    facts.column_mean = std::vector(9, 0.4F);
    facts.rows_by_non_zeros = {2, 5, 8, 12, 9, 5, 2, 1, 1, 0};
    return facts;
  }
  if (kind == Configuration::Rows::numbers) {
    facts.targets = 1;
  } else {
    facts.classes = 3;
    facts.class_share = {0.5, 0.3, 0.2};
  }
  return facts;
}

/// The mean square of what a model predicts or reconstructs, as a score to choose epochs by.
inline Validate mean_square_of(DeviceContext& context, Model& model, const DeviceRows& rows) {
  const auto predictor = std::make_shared<Predictor>(
      context, model, rows,
      model.offers(Output::prediction) ? Output::prediction : Output::reconstruction);
  return [predictor](const EpochEnd& end) {
    double sum = 0;
    for (const float p : predictor->predict(end.steps)) {
      sum += static_cast<double>(p) * static_cast<double>(p);
    }
    return Validation{.scores = {{&metric::rmse, sum, 1}}, .watched = sum};
  };
}

}  // namespace lacuna::testing
