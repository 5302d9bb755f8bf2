#include "models/cf_nade.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/autorec.hpp"
#include "runtime/error.hpp"
#include "runtime/train/entry_levels.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/sparse.hpp"

namespace lacuna::models {
namespace {

using testing::cpu_context;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr int units = 5;

CfNadeConfig small_config(InputHandling input = SparsityNormalized{.k = 3.0}) {
  CfNadeConfig config;
  config.hidden_units = units;
  config.input = std::move(input);
  return config;
}

/// Entries 1, 2, 3 or 4.
data::CsrArrays levelled(std::int64_t rows, std::int64_t columns, double missing) {
  data::CsrArrays entries = testing::random_entries(rows, columns, missing, 5);
  for (float& value : entries.value) value = std::floor(value);
  return entries;
}

CsrMatrix matrix_of(DeviceContext& context, const data::CsrArrays& entries, DType dtype) {
  return {context.pool(), entries.rows,  entries.cols, entries.row_ptr,
          entries.col,    entries.value, dtype};
}

Facts facts_of(const data::CsrArrays& entries, DType dtype = DType::f64) {
  return {.columns = entries.cols,
          .mean_count = 3,
          .dtype = dtype,
          .entries = std::make_shared<data::CsrArrays>(entries)};
}

std::vector<double> values_of(const Model& model, std::size_t i) {
  return const_cast<Model&>(model).parameters().at(i)->value.to_host<double>();
}

/// What the model predicts of a row's entries when it is given all of them, by plain loops.
std::vector<double> defined(const Model& model, const data::CsrArrays& entries, bool cumulative) {
  const auto w = values_of(model, 0), c = values_of(model, 1), v = values_of(model, 2),
             b = values_of(model, 3);
  constexpr int levels = 4;
  std::vector<double> predictions;
  for (std::size_t r = 0; r < static_cast<std::size_t>(entries.rows); ++r) {
    const auto begin = static_cast<std::size_t>(entries.row_ptr[r]);
    const auto end = static_cast<std::size_t>(entries.row_ptr[r + 1]);
    std::vector<double> hidden(units, 0.0);
    for (std::size_t e = begin; e < end; ++e) {
      const int level = static_cast<int>(entries.value[e]) - 1;
      for (int k = cumulative ? 0 : level; k <= level; ++k) {
        for (std::size_t j = 0; j < units; ++j) {
          hidden[j] += w[static_cast<std::size_t>(entries.col[e] * levels + k) * units + j];
        }
      }
    }
    for (std::size_t j = 0; j < units; ++j) {
      hidden[j] = std::tanh(3.0 / static_cast<double>(end - begin) * hidden[j] + c[j]);
    }
    for (std::size_t e = begin; e < end; ++e) {
      double score = 0, sum = 0, expected = 0;
      for (int k = 0; k < levels; ++k) {
        const auto place = static_cast<std::size_t>(entries.col[e] * levels + k);
        double own = b[place];
        for (std::size_t j = 0; j < units; ++j) own += v[place * units + j] * hidden[j];
        score = cumulative ? score + own : own;
        sum += std::exp(score);
        expected += std::exp(score) * (k + 1);
      }
      predictions.push_back(expected / sum);
    }
  }
  return predictions;
}

TEST(CfNade, ComputesItsDefinition) {
  DeviceContext context = cpu_context();
  const data::CsrArrays entries = levelled(6, 7, 0.4);
  for (const LevelSharing sharing : {LevelSharing::none, LevelSharing::cumulative}) {
    CfNadeConfig config = small_config();
    config.sharing = sharing;
    const auto model = make_model(context, config, facts_of(entries), 2);
    Predictor predictor(context, *model, testing::rows_of(matrix_of(context, entries, DType::f64)));
    const auto predicted = predictor.predict();
    const auto expected = defined(*model, entries, sharing == LevelSharing::cumulative);
    ASSERT_EQ(predicted.size(), expected.size());
    for (std::size_t e = 0; e < expected.size(); ++e) EXPECT_NEAR(predicted[e], expected[e], 1e-6);
  }
}

TEST(CfNade, PredictsTheSameOfWholeRowsAndOfTheirEntries) {
  DeviceContext context = cpu_context();
  const data::CsrArrays entries = levelled(6, 7, 0.4);
  const CsrMatrix matrix = matrix_of(context, entries, DType::f32);
  const auto model = make_model(context, small_config(), facts_of(entries, DType::f32), 2);
  Predictor cells(context, *model, testing::rows_of(matrix));
  Predictor whole(context, *model, testing::rows_of(matrix), Output::whole_rows);
  ASSERT_EQ(whole.columns(), 7);
  const auto all = whole.predict();
  std::size_t e = 0;
  for (const float predicted : cells.predict()) {
    const auto row =
        std::ranges::upper_bound(entries.row_ptr, std::int64_t(e)) - entries.row_ptr.begin() - 1;
    EXPECT_NEAR(predicted, all[static_cast<std::size_t>(row * 7 + entries.col[e])], 1e-5);
    ++e;
  }
}

/// With one level an entry says only that it is there, as an entry of 1 does.
TEST(CfNade, WithOneLevelItsCodeIsThatOfANetworkOnTheEntries) {
  DeviceContext context = cpu_context();
  data::CsrArrays entries = levelled(8, 9, 0.4);
  std::ranges::fill(entries.value, 1.0f);
  const DeviceRows rows = testing::rows_of(matrix_of(context, entries, DType::f64));
  const auto levels = make_model(context, small_config(), facts_of(entries), 2);
  AutoRecConfig config;
  config.hidden_units = units;
  config.activation = Activation::tanh;
  config.input = SparsityNormalized{.k = 3.0};
  const auto values = make_model(context, config, facts_of(entries), 3);
  for (std::size_t i = 0; i < 2; ++i) {
    copy(levels->parameters().at(i)->value, values->parameters().at(i)->value);
  }
  Predictor by_level(context, *levels, rows, Output::code);
  Predictor by_value(context, *values, rows, Output::code);
  const auto codes = by_level.predict();
  EXPECT_TRUE(std::ranges::equal(codes, by_value.predict()));
  Predictor predictor(context, *levels, rows);
  EXPECT_THAT(predictor.predict(), Each(FloatEq(1))) << "there is no other";
}

TEST(CfNade, AskedEntriesDoNotChangeWhatItIsGiven) {
  DeviceContext context = cpu_context();
  data::CsrArrays entries = levelled(20, 9, 0.3);
  const auto model = make_model(context, small_config(), facts_of(entries, DType::f32), 2);
  const auto code_in_training = [&] {
    Batches batches(context, DType::f32, testing::rows_of(matrix_of(context, entries, DType::f32)),
                    RowOrder(20, 0, 1), Gradients::yes, model->level_coding());
    batches.start_epoch(3);
    batches.put(context.exec(), nullptr, 0);
    Program program(context, DType::f32, batches.batch());
    const Variable code = model->record(program, Output::code);
    program.forward();
    const auto& asked = batches.batch().get<SparseField>("target").view<float>().by_row;
    return std::tuple(code.to_host(), std::vector(asked.col, asked.col + asked.nnz),
                      std::vector(asked.row_ptr, asked.row_ptr + asked.rows + 1));
  };
  const auto [before, col, row_ptr] = code_in_training();
  EXPECT_LT(row_ptr.back(), entries.nnz());
  for (std::size_t r = 0; r < 20; ++r) {
    for (auto a = static_cast<std::size_t>(row_ptr[r]);
         a < static_cast<std::size_t>(row_ptr[r + 1]); ++a) {
      for (auto e = static_cast<std::size_t>(entries.row_ptr[r]);
           e < static_cast<std::size_t>(entries.row_ptr[r + 1]); ++e) {
        if (entries.col[e] == col[a]) entries.value[e] = 5 - entries.value[e];
      }
    }
  }
  EXPECT_EQ(std::get<0>(code_in_training()), before);
  entries.value.assign(entries.value.size(), 2.0f);
  EXPECT_NE(std::get<0>(code_in_training()), before);
}

TEST(CfNade, ItsFirstBiasesAreTheLevelsFrequencies) {
  DeviceContext context = cpu_context();
  const data::CsrArrays entries{
      .rows = 3, .cols = 2, .row_ptr = {0, 1, 2, 3}, .col = {0, 0, 0}, .value = {1, 1, 2}};
  const auto biases = [&](LevelSharing sharing) {
    CfNadeConfig config = small_config();
    config.sharing = sharing;
    std::vector<double> result = values_of(*make_model(context, config, facts_of(entries), 2), 3);
    for (double& bias : result) bias = std::exp(bias);
    return result;
  };
  const auto near = [](double value) { return ::testing::DoubleNear(value, 1e-6); };
  // Of all entries 3/5 and 2/5, one of each level added; of column 0 (2 + 3/5) / 4 and so on.
  EXPECT_THAT(biases(LevelSharing::none),
              ElementsAre(near(2.6 / 4), near(1.4 / 4), near(0.6), near(0.4)));
  EXPECT_THAT(biases(LevelSharing::cumulative),
              ElementsAre(near(2.6 / 4), near(1.4 / 2.6), near(0.6), near(0.4 / 0.6)));
}

TEST(CfNade, RoundsToAsManyLevelsAsAreWanted) {
  DeviceContext context = cpu_context();
  const data::CsrArrays entries = testing::random_entries(20, 9, 0.1, 3);
  EXPECT_THAT([&] { make_model(context, small_config(), facts_of(entries), 2); },
              ThrowsMessage<ConfigError>(HasSubstr("model.levels: the training entries have more "
                                                   "than 64 different values")));
  Facts wide = facts_of(entries);
  wide.columns = std::int64_t{1} << 30;
  EXPECT_THAT([&] { EntryLevels(wide, 3); },
              ThrowsMessage<ConfigError>(HasSubstr("2^31 places or more")));
  CfNadeConfig config = small_config();
  config.levels = 3;
  const auto model = make_model(context, config, facts_of(entries), 2);
  const auto [least, most] = std::ranges::minmax(entries.value);
  EXPECT_THAT(model->level_coding()->values.to_host<float>(),
              ElementsAre(FloatEq(least), FloatEq((least + most) / 2), FloatEq(most)));
}

/// Neither the rows with a place for each column and level, nor the units of each entry's levels.
TEST(CfNade, TrainsWithoutLargeBuffers) {
  DeviceContext context = cpu_context();
  constexpr std::int64_t rows = 400, columns = 300, wide = 40;
  const data::CsrArrays entries = levelled(rows, columns, 0.9);
  CfNadeConfig config = small_config();
  config.hidden_units = wide;
  const auto model = make_model(context, config, facts_of(entries, DType::f32), 2);
  Trainer trainer(
      context, *model,
      {.epochs = 1, .batch_size = 200, .optimizer = AdamConfig(), .schedule = {}, .l2 = {}},
      testing::rows_of(matrix_of(context, entries, DType::f32)), {}, 1);
  trainer.run({});
  const std::size_t by_unit = 4 * std::size_t{rows * wide * 4};
  const std::size_t by_entry = 4 * static_cast<std::size_t>(entries.nnz() * 4);
  const std::size_t weights = 4 * static_cast<std::size_t>(columns * 4 * wide);
  const std::size_t gradients = 2 * weights + 4 * std::size_t{columns * 4 + wide} + 4 * 64;
  EXPECT_LE(context.pool().statistics().largest_buffer, std::max({by_unit, by_entry, gradients}));
  EXPECT_LT(context.pool().statistics().largest_buffer, 4 * std::size_t{rows * columns * 4});
}

}  // namespace
}  // namespace lacuna::models
