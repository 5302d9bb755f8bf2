#include "models/rbm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "runtime/error.hpp"
#include "runtime/train/predictor.hpp"
#include "runtime/train/trainer.hpp"
#include "tests/support/context.hpp"
#include "tests/support/dense.hpp"
#include "tests/support/temporary_folder.hpp"

/// A machine of 6 x 4 units against the enumeration of all states of its visible units.
namespace lacuna::models {
namespace {

constexpr std::int64_t visible = 6;
constexpr std::int64_t hidden = 4;
constexpr std::int64_t rows = 8192;
constexpr std::size_t states = 1 << visible;

using Bits = std::array<double, visible>;

Bits bits_of(std::size_t state) {
  Bits bits{};
  for (std::size_t i = 0; i < visible; ++i) bits[i] = static_cast<double>(state >> i & 1U);
  return bits;
}

/// Parameters as numbers.
struct Machine {
  std::vector<double> weight;  // [visible, hidden]
  std::vector<double> visible_bias;
  std::vector<double> hidden_bias;

  double pre_activation(const Bits& v, std::size_t j) const {
    double sum = hidden_bias[j];
    for (std::size_t i = 0; i < visible; ++i) sum += v[i] * weight[i * hidden + j];
    return sum;
  }
  double free_energy(const Bits& v) const {
    double energy = 0;
    for (std::size_t i = 0; i < visible; ++i) energy -= v[i] * visible_bias[i];
    for (std::size_t j = 0; j < hidden; ++j) energy -= std::log1p(std::exp(pre_activation(v, j)));
    return energy;
  }
  /// Of each state.
  std::vector<double> probabilities() const {
    std::vector<double> p;
    double sum = 0;
    for (std::size_t s = 0; s < states; ++s)
      sum += p.emplace_back(std::exp(-free_energy(bits_of(s))));
    for (double& each : p) each /= sum;
    return p;
  }
  /// d F / d weights, in expectation over states.
  std::vector<double> slope(const std::vector<double>& p) const {
    std::vector<double> sum(visible * hidden);
    for (std::size_t s = 0; s < states; ++s) {
      const Bits v = bits_of(s);
      for (std::size_t j = 0; j < hidden; ++j) {
        const double h = 1 / (1 + std::exp(-pre_activation(v, j)));
        for (std::size_t i = 0; i < visible; ++i) sum[i * hidden + j] -= p[s] * v[i] * h;
      }
    }
    return sum;
  }
  /// sum_i log p(v_i | the others)
  double pseudo_likelihood(const Bits& v) const {
    double sum = 0;
    for (std::size_t i = 0; i < visible; ++i) {
      Bits flipped = v;
      flipped[i] = 1 - flipped[i];
      sum -= std::log1p(std::exp(free_energy(v) - free_energy(flipped)));
    }
    return sum;
  }
};

std::vector<double> doubles(const Parameter& parameter) {
  const std::vector<float> values = parameter.value.to_host<float>();
  return {values.begin(), values.end()};
}

Machine machine_of(Model& model) {
  const auto parameters = model.parameters();
  return {doubles(*parameters[0]), doubles(*parameters[1]), doubles(*parameters[2])};
}

class SmallRbm : public ::testing::Test {
 protected:
  /// Rows of three patterns, the first twice as often.
  DeviceRows patterns() {
    std::vector<float> values;
    for (std::int64_t r = 0; r < rows; ++r) {
      for (const double bit : bits_of(pattern(r))) values.push_back(static_cast<float>(bit));
    }
    DeviceRows data{.rows = rows, .fields = {}};
    data.set("input", testing::dense_field(context_, rows, values, DType::f32));
    return data;
  }
  static std::size_t pattern(std::int64_t row) {
    constexpr std::array<std::size_t, 4> each{0b000111, 0b000111, 0b101010, 0b110000};
    return each[static_cast<std::size_t>(row % 4)];
  }
  static std::vector<double> shares() {
    std::vector<double> p(states);
    for (std::int64_t r = 0; r < 4; ++r) p[pattern(r)] += 0.25;
    return p;
  }

  std::unique_ptr<Model> make(RbmConfig config, double stddev) {
    config.hidden_units = hidden;
    config.weight_stddev = stddev;
    return make_model(context_, config, facts_, 3);
  }

  void train(Model& model, const DeviceRows& data, double rate, int epochs) {
    const TrainConfig config{.epochs = epochs,
                             .patience = 0,
                             .optimizer = SgdConfig{.learning_rate = rate, .momentum = 0},
                             .schedule = {},
                             .l2 = {}};
    Trainer(context_, model, config, data, {}, 6).run({});
  }

  DeviceContext context_ = testing::cpu_context();
  const Facts facts_{.columns = visible, .mean_count = visible, .most = 1};
};

TEST_F(SmallRbm, TheUpdateComesToTheExactGradientAsTheChainGetsLonger) {
  const DeviceRows data = patterns();
  const auto error = [&](int steps, bool persistent) {
    RbmConfig config;
    config.gibbs_steps = steps;
    config.persistent = persistent;
    const auto model = make(config, 1.5);
    const Machine before = machine_of(*model);
    train(*model, data, 1, 1);
    const Machine after = machine_of(*model);
    const std::vector<double> of_data = before.slope(shares());
    const std::vector<double> of_model = before.slope(before.probabilities());
    double largest = 0;
    for (std::size_t i = 0; i < of_data.size(); ++i) {
      const double exact = of_data[i] - of_model[i];
      largest = std::max(largest, std::abs(before.weight[i] - after.weight[i] - exact));
    }
    return largest;
  };
  EXPECT_GT(error(1, false), 0.1) << "CD-1 is biased";
  EXPECT_LT(error(10, false), 0.1);
  EXPECT_LT(error(300, false), 0.02);
  EXPECT_LT(error(300, true), 0.02) << "chains that begin at zeros";
}

TEST_F(SmallRbm, PseudoLikelihoodIsThatOfEnumerationAndOrdersMachinesAsTheLikelihood) {
  const DeviceRows data = patterns();
  std::vector<std::pair<double, double>> both;
  for (const int epochs : {0, 20, 400}) {
    RbmConfig config;
    config.gibbs_steps = 20;
    const auto model = make(config, 0.1);
    if (epochs > 0) train(*model, data, 0.5, epochs);
    const Machine machine = machine_of(*model);
    double likelihood = 0;
    double pseudo = 0;
    for (std::int64_t r = 0; r < 4; ++r) {
      likelihood += std::log(machine.probabilities()[pattern(r)]) / 4;
      pseudo += machine.pseudo_likelihood(bits_of(pattern(r))) / 4;
    }
    Predictor predictor(context_, *model, data, Output::pseudo_likelihood);
    double estimate = 0;
    for (const float value : predictor.predict()) estimate += static_cast<double>(value) / rows;
    EXPECT_NEAR(estimate, pseudo, 0.05 + 0.05 * std::abs(pseudo)) << epochs << " epochs";
    both.emplace_back(likelihood, estimate);
  }
  EXPECT_LT(both[0].first, both[1].first - 0.1);
  EXPECT_LT(both[1].first, both[2].first - 0.1);
  EXPECT_LT(both[0].second, both[1].second);
  EXPECT_LT(both[1].second, both[2].second);
}

TEST_F(SmallRbm, FreeEnergyOfRowsAndSamplesOfALongChain) {
  RbmConfig config;
  config.sample_steps = 200;
  const auto model = make(config, 1.5);
  const Machine machine = machine_of(*model);
  const DeviceRows data = patterns();
  Predictor energy(context_, *model, data, Output::free_energy);
  EXPECT_NEAR(static_cast<double>(energy.predict()[2]), machine.free_energy(bits_of(pattern(2))),
              1e-4);
  Predictor samples(context_, *model, data, Output::samples);
  const std::span<const float> drawn = samples.predict();
  const std::vector<double> p = machine.probabilities();
  for (std::size_t i = 0; i < visible; ++i) {
    double mean = 0;
    double expected = 0;
    for (std::size_t r = 0; r < rows; ++r)
      mean += static_cast<double>(drawn[r * visible + i]) / rows;
    for (std::size_t s = 0; s < states; ++s) expected += p[s] * bits_of(s)[i];
    EXPECT_NEAR(mean, expected, 0.02) << "unit " << i;
  }
}

TEST_F(SmallRbm, DataThatDoNotFitAreRefused) {
  Facts facts = facts_;
  facts.most = 2;
  EXPECT_THAT(
      testing::message_of<ConfigError>([&] { make_model(context_, RbmConfig{}, facts, 3); }),
      ::testing::HasSubstr("go from 0 to 2"));
  RbmConfig gaussian;
  gaussian.visible = VisibleUnits::gaussian;
  EXPECT_NO_THROW(make_model(context_, gaussian, facts, 3));
  facts.mean_count = 5.5;
  EXPECT_THAT(
      testing::message_of<ConfigError>([&] { make_model(context_, RbmConfig{}, facts, 3); }),
      ::testing::HasSubstr("missing cells"));
}

}  // namespace
}  // namespace lacuna::models
