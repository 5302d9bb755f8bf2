#include "models/made.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "runtime/error.hpp"
#include "runtime/layers/initialize.hpp"
#include "runtime/train/predictor.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"

namespace lacuna::models {
namespace {

using testing::cpu_context;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr std::int64_t cells = 6;
constexpr std::int64_t all_rows = 1 << cells;

/// Row r has the bits of r.
std::vector<float> every_row() {
  std::vector<float> values;
  for (std::int64_t r = 0; r < all_rows; ++r) {
    for (std::int64_t c = 0; c < cells; ++c) values.push_back(static_cast<float>(r >> c & 1));
  }
  return values;
}

std::size_t count_of(std::int64_t row) {
  return static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(row)));
}

DeviceRows rows_of(DeviceContext& context, const std::vector<float>& values) {
  DeviceRows rows{.rows = std::ssize(values) / cells, .fields = {}};
  rows.set("input", testing::dense_field(context, rows.rows, values, DType::f64));
  return rows;
}

const std::vector<std::int64_t> rows_by_count{1, 4, 9, 7, 3, 1, 0};

Facts facts() {
  return {.columns = cells,
          .mean_count = 6,
          .column_mean = {0.3F, 0.9F, 0.1F, 0.5F, 0.7F, 0.2F},
          .most = 1,
          .binary = true,
          .rows_by_non_zeros = rows_by_count,
          .dtype = DType::f64};
}

double mean_count() {
  double sum = 0, rows = 0;
  for (std::size_t c = 0; c < rows_by_count.size(); ++c) {
    sum += static_cast<double>(c) * static_cast<double>(rows_by_count[c]);
    rows += static_cast<double>(rows_by_count[c]);
  }
  return sum / rows;
}

struct Setting {
  std::string name;
  MadeConfig config;
};

template <class Change>
Setting setting(std::string name, Change change) {
  MadeConfig config;
  config.layers = {{.units = 9}, {.units = 5}};
  config.activation = Activation::tanh;
  config.masks = 3;
  change(config);
  return {std::move(name), config};
}

constexpr auto as_it_is = [](MadeConfig&) {};
constexpr auto any_order = [](MadeConfig& config) { config.order = CellOrder::random; };
constexpr auto visible = [](MadeConfig& config) {
  config.input = MadeNormalization{.count = CountOf::visible};
};
constexpr auto everything = [](MadeConfig& config) {
  config.order = CellOrder::random;
  config.direct = true;
  config.normalize_masks = true;
  config.input = MadeNormalization{.count = CountOf::visible, .k = 2.0};
};
constexpr auto direct_only = [](MadeConfig& config) {
  config.layers = {};
  config.direct = true;
  config.masks = 1;
};

std::vector<float> output_of(DeviceContext& context, Model& model, const std::vector<float>& rows,
                             Output output) {
  Predictor predictor(context, model, rows_of(context, rows), output);
  const auto values = predictor.predict();
  return {values.begin(), values.end()};
}

double total(const std::vector<float>& log_likelihood) {
  double sum = 0;
  for (const float value : log_likelihood) sum += std::exp(static_cast<double>(value));
  return sum;
}

class MadeOf : public ::testing::TestWithParam<Setting> {};

TEST_P(MadeOf, IsADistribution) {
  DeviceContext context = cpu_context();
  const auto model = make_model(context, GetParam().config, facts(), 4);
  EXPECT_NEAR(total(output_of(context, *model, every_row(), Output::log_likelihood)), 1, 1e-6);
}

/// The order of the first mask, by what changes: cell i comes before d where it changes d.
TEST_P(MadeOf, NoCellChangesThoseBeforeIt) {
  DeviceContext context = cpu_context();
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto model = make_model(context, GetParam().config, facts(), seed);
    const std::vector<float> p = output_of(context, *model, every_row(), Output::prediction);
    std::array<std::array<bool, cells>, cells> changes{};
    for (std::int64_t r = 0; r < all_rows; ++r) {
      for (std::int64_t i = 0; i < cells; ++i) {
        const std::int64_t flipped = r ^ (1 << i);
        for (std::int64_t d = 0; d < cells; ++d) {
          if (p[static_cast<std::size_t>(r * cells + d)] !=
              p[static_cast<std::size_t>(flipped * cells + d)]) {
            changes[static_cast<std::size_t>(i)][static_cast<std::size_t>(d)] = true;
          }
        }
      }
    }
    std::int64_t pairs = 0;
    for (std::size_t i = 0; i < cells; ++i) {
      for (std::size_t d = 0; d < cells; ++d) {
        if (!changes[i][d]) continue;
        ++pairs;
        EXPECT_NE(i, d);
        EXPECT_FALSE(changes[d][i]) << i << " and " << d;
        EXPECT_TRUE(i < d || GetParam().config.order == CellOrder::random);
      }
    }
    EXPECT_GT(pairs, 3) << "a network that sees nothing passes all else";
  }
}

INSTANTIATE_TEST_SUITE_P(Settings, MadeOf,
                         ::testing::Values(setting("None", as_it_is),
                                           setting("AnyOrder", any_order),
                                           setting("Visible", visible),
                                           setting("Everything", everything),
                                           setting("DirectOnly", direct_only)),
                         [](const auto& test) { return test.param.name; });

MadeConfig by_row(double k) {
  MadeConfig config = setting("", any_order).config;
  config.input = MadeNormalization{.count = CountOf::row, .k = k};
  return config;
}

/// By the row's count it is a distribution within each count: the one whose inputs are scaled by
/// K / count whatever the row.
TEST(Made, ByTheRowsCountIsADistributionGivenIt) {
  DeviceContext context = cpu_context();
  const double k = 2.5;
  const auto model = make_model(context, by_row(k), facts(), 4);
  const auto given = output_of(context, *model, every_row(), Output::conditional_log_likelihood);
  const auto joint = output_of(context, *model, every_row(), Output::log_likelihood);
  const double rows = std::accumulate(rows_by_count.begin(), rows_by_count.end(), 0.0);
  for (std::size_t count = 0; count <= cells; ++count) {
    MadeConfig scaled = by_row(k);
    const double factor = k / std::max<double>(static_cast<double>(count), 1);
    scaled.input = ConstantScale{.k = factor * mean_count()};
    const auto fixed = make_model(context, scaled, facts(), 4);
    const auto all = output_of(context, *fixed, every_row(), Output::log_likelihood);
    EXPECT_NEAR(total(all), 1, 1e-6);
    const double p = (static_cast<double>(rows_by_count[count]) + 1) / (rows + cells + 1);
    for (std::int64_t r = 0; r < all_rows; ++r) {
      if (count_of(r) != count) continue;
      const auto row = static_cast<std::size_t>(r);
      EXPECT_NEAR(given[row], all[row], 1e-5);
      EXPECT_NEAR(joint[row], all[row] + std::log(p), 1e-5);
    }
  }
  EXPECT_LT(total(joint), 1) << "rows of another count than the one that was drawn are lost";
}

/// Makes the masks differ in what they say.
void enlarge(Model& model, double factor) {
  for (const Parameter* parameter : model.parameters()) {
    std::vector<float> values = parameter->value.to_host<float>();
    for (float& value : values) value *= static_cast<float>(factor);
    initialize(*parameter, values);
  }
}

TEST(Made, AveragedLogitsAreNoDistribution) {
  DeviceContext context = cpu_context();
  const auto model = make_model(context, setting("", any_order).config, facts(), 4);
  enlarge(*model, 4);
  EXPECT_NEAR(total(output_of(context, *model, every_row(), Output::log_likelihood)), 1, 1e-6);
  EXPECT_GT(std::abs(total(output_of(context, *model, every_row(), Output::averaged_logits)) - 1),
            1e-4);
  MadeConfig single = setting("", as_it_is).config;
  single.masks = 1;
  EXPECT_FALSE(make_model(context, single, facts(), 4)->offers(Output::averaged_logits));
}

/// Of 20,000 rows, drawn under the first mask, each of the 64 has its share.
TEST(Made, DrawsRowsByTheirLikelihood) {
  DeviceContext context = cpu_context();
  MadeConfig config = setting("", everything).config;
  config.masks = 1;
  const auto model = make_model(context, config, facts(), 4);
  constexpr std::int64_t count = 20000;
  const std::vector<float> drawn =
      output_of(context, *model, std::vector<float>(count * cells), Output::samples);
  std::vector<double> share(all_rows);
  for (std::int64_t r = 0; r < count; ++r) {
    std::size_t row = 0;
    for (std::int64_t c = 0; c < cells; ++c) {
      row |= drawn[static_cast<std::size_t>(r * cells + c)] != 0 ? std::size_t{1} << c : 0U;
    }
    share[row] += 1.0 / count;
  }
  const auto log_p = output_of(context, *model, every_row(), Output::log_likelihood);
  for (std::size_t row = 0; row < share.size(); ++row) {
    const double p = std::exp(static_cast<double>(log_p[row]));
    EXPECT_NEAR(share[row], p, 5 * std::sqrt(p * (1 - p) / count)) << row;
  }
}

TEST(Made, ByTheRowsCountDrawsTheCountFirst) {
  DeviceContext context = cpu_context();
  const auto model = make_model(context, by_row(2.5), facts(), 4);
  const std::vector<float> drawn =
      output_of(context, *model, std::vector<float>(50 * cells), Output::samples);
  EXPECT_TRUE(std::ranges::all_of(drawn, [](float x) { return x == 0 || x == 1; }));
  EXPECT_THAT(drawn, ::testing::Contains(1.F));
}

/// Weights bring their masks along, whatever the seed of the model that takes them.
TEST(Made, MasksBelongToTheWeights) {
  DeviceContext context = cpu_context();
  const MadeConfig config = setting("", everything).config;
  const auto model = make_model(context, config, facts(), 4);
  const auto other = make_model(context, config, facts(), 5);
  const auto of = [&](Model& said) {
    return output_of(context, said, every_row(), Output::log_likelihood);
  };
  const std::vector<float> said = of(*model);
  EXPECT_NE(of(*other), said);
  const auto from = tensors_of(*model), to = tensors_of(*other);
  for (std::size_t i = 0; i < from.size(); ++i) copy(from[i].tensor, to[i].tensor);
  EXPECT_EQ(of(*other), said);
}

TEST(Made, TakesZerosAndOnesOnly) {
  DeviceContext context = cpu_context();
  Facts grey = facts();
  grey.binary = false;
  EXPECT_THAT([&] { make_model(context, MadeConfig{}, grey, 0); },
              ThrowsMessage<ConfigError>(HasSubstr("complete rows of zeros and ones")));
  MadeConfig config = setting("", direct_only).config;
  config.input = MadeNormalization{.count = CountOf::visible};
  EXPECT_THAT([&] { make_model(context, config, facts(), 0); },
              ThrowsMessage<ConfigError>(HasSubstr("model.layers is empty")));
}

}  // namespace
}  // namespace lacuna::models
