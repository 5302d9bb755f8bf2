#include "experiments/tasks/rows/logistic_loss.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lacuna::experiments {

namespace {

constexpr std::size_t lanes = 8;   // classes that are computed side by side
constexpr std::size_t height = 4;  // rows that share a load of coefficients
constexpr std::size_t parts = 16;  // of the rows: sums do not depend on the number of threads

/// logits[r][l] += sum over j of x[r][j] w[j][l], for a tile of classes.
void add_products(const float* const* x, const double* w, std::size_t columns,
                  double (*logits)[lanes]) {
  double sum[height][lanes];
  std::copy_n(&logits[0][0], height * lanes, &sum[0][0]);
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t r = 0; r < height; ++r) {
      const double value = double{x[r][j]};
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) sum[r][l] += value * w[j * lanes + l];
    }
  }
  std::copy_n(&sum[0][0], height * lanes, &logits[0][0]);
}

/// g[j][l] += sum over r of x[r][j] slopes[r][l], and bias[l] += that of 1.
void add_gradient(const float* const* x, const double (*slopes)[lanes], std::size_t columns,
                  double* g, double* bias) {
  for (std::size_t j = 0; j < columns; ++j) {
    for (std::size_t r = 0; r < height; ++r) {
      const double value = double{x[r][j]};
#pragma omp simd
      for (std::size_t l = 0; l < lanes; ++l) g[j * lanes + l] += value * slopes[r][l];
    }
  }
  for (std::size_t r = 0; r < height; ++r) {
    for (std::size_t l = 0; l < lanes; ++l) bias[l] += slopes[r][l];
  }
}

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

double softmax(std::span<double> logits) {
  const double largest = *std::ranges::max_element(logits);
  double sum = 0;
  for (double& logit : logits) sum += (logit = std::exp(logit - largest));
  for (double& logit : logits) logit /= sum;
  return largest + std::log(sum);
}

/// A part's loss and its derivatives, tile by tile: [tiles, columns + 1, lanes], those by biases
/// last.
struct LogisticLoss::Part {
  double loss = 0;
  std::vector<double> gradient;
};

LogisticLoss::LogisticLoss(const LabelledRows& rows, std::int32_t classes, int threads)
    : rows_(rows),
      classes_(static_cast<std::size_t>(classes)),
      columns_(rows.inputs.columns),
      tiles_((classes_ + lanes - 1) / lanes),
      threads_(threads),
      scaling_(column_scaling(rows)),
      total_weight_(rows.total_weight()) {}

double LogisticLoss::value(double l2, std::span<const double> x, std::span<double> gradient) const {
  const std::vector<double> tiles = in_tiles(unscaled(x));
  std::vector<Part> partial(parts);
  const std::size_t rows = rows_.targets.size();
#pragma omp parallel for num_threads(threads_) schedule(dynamic)
  for (std::size_t p = 0; p < parts; ++p) {
    partial[p].gradient.resize(tiles.size());
    add(tiles, partial[p], rows * p / parts, rows * (p + 1) / parts);
  }
  double loss = 0;
  std::ranges::fill(gradient, 0.0);
  for (const Part& part : partial) {
    loss += part.loss;
    for (std::size_t c = 0; c < classes_; ++c) {
      const double* tile = &part.gradient[c / lanes * (columns_ + 1) * lanes + c % lanes];
      for (std::size_t j = 0; j < columns_; ++j) gradient[c * columns_ + j] += tile[j * lanes];
      gradient[classes_ * columns_ + c] += tile[columns_ * lanes];
    }
  }
  finish(l2, x, gradient);
  const auto coefficients = x.first(classes_ * columns_);
  return loss / total_weight_ + l2 / 2 * dot(coefficients, coefficients);
}

/// [tiles, columns + 1, lanes]: coefficients, then biases.
std::vector<double> LogisticLoss::in_tiles(const LogisticRegression& model) const {
  std::vector<double> tiles(tiles_ * (columns_ + 1) * lanes);
  for (std::size_t c = 0; c < classes_; ++c) {
    double* tile = &tiles[c / lanes * (columns_ + 1) * lanes + c % lanes];
    for (std::size_t j = 0; j < columns_; ++j) {
      tile[j * lanes] = model.coefficients[c * columns_ + j];
    }
    tile[columns_ * lanes] = model.bias[c];
  }
  return tiles;
}

void LogisticLoss::add(const std::vector<double>& tiles, Part& part, std::size_t begin,
                       std::size_t end) const {
  const std::size_t tile_size = (columns_ + 1) * lanes;
  std::vector<double> logits(tiles_ * lanes);
  std::vector<double> slopes(tiles_ * height * lanes);  // [tiles, height, lanes]
  const auto tile_of = [&](std::size_t t) {
    return reinterpret_cast<double(*)[lanes]>(&slopes[t * height * lanes]);
  };
  for (std::size_t first = begin; first < end; first += height) {
    const float* x[height];
    for (std::size_t r = 0; r < height; ++r) {
      x[r] = rows_.inputs.row(std::min(first + r, end - 1)).data();
    }
    for (std::size_t t = 0; t < tiles_; ++t) {
      const double* bias = &tiles[t * tile_size + columns_ * lanes];
      for (std::size_t r = 0; r < height; ++r) std::copy_n(bias, lanes, tile_of(t)[r]);
      add_products(x, &tiles[t * tile_size], columns_, tile_of(t));
    }
    for (std::size_t r = 0; r < height; ++r) {
      for (std::size_t t = 0; t < tiles_; ++t) {
        std::copy_n(tile_of(t)[r], lanes, &logits[t * lanes]);
      }
      if (first + r < end) {
        part.loss += turn_into_slopes(first + r, logits.data());
      } else {
        std::ranges::fill(logits, 0.0);
      }
      for (std::size_t t = 0; t < tiles_; ++t) {
        std::copy_n(&logits[t * lanes], lanes, tile_of(t)[r]);
      }
    }
    for (std::size_t t = 0; t < tiles_; ++t) {
      double* gradient = &part.gradient[t * tile_size];
      add_gradient(x, tile_of(t), columns_, gradient, gradient + columns_ * lanes);
    }
  }
}

/// Makes a row's logits the derivatives of its loss by them; returns the loss.
double LogisticLoss::turn_into_slopes(std::size_t row, double* logits) const {
  const std::span<double> outputs(logits, classes_);
  const auto label = static_cast<std::size_t>(rows_.targets[row]);
  const double weight = rows_.weight(row);
  const double logit = outputs[label];
  const double loss = weight * (softmax(outputs) - logit);
  outputs[label] -= 1;
  for (double& slope : outputs) slope *= weight;
  std::fill(logits + classes_, logits + tiles_ * lanes, 0.0);
  return loss;
}

LogisticRegression LogisticLoss::unscaled(std::span<const double> x) const {
  const auto bias = x.subspan(classes_ * columns_);
  LogisticRegression model{.classes = static_cast<std::int32_t>(classes_),
                           .coefficients = {x.begin(), x.end() - std::ssize(bias)},
                           .bias = {bias.begin(), bias.end()}};
  for (std::size_t c = 0; c < classes_; ++c) {
    const auto row = std::span(model.coefficients).subspan(c * columns_, columns_);
    for (std::size_t j = 0; j < columns_; ++j) row[j] /= scaling_.scale[j];
    model.bias[c] -= dot(row, scaling_.mean);
  }
  return model;
}

/// From sums by plain coefficients to means by scaled ones, the penalty added.
void LogisticLoss::finish(double l2, std::span<const double> x, std::span<double> gradient) const {
  for (double& slope : gradient) slope /= total_weight_;
  for (std::size_t c = 0; c < classes_; ++c) {
    const double by_bias = gradient[classes_ * columns_ + c];
    for (std::size_t j = 0; j < columns_; ++j) {
      double& slope = gradient[c * columns_ + j];
      slope = (slope - by_bias * scaling_.mean[j]) / scaling_.scale[j] + l2 * x[c * columns_ + j];
    }
  }
}

}  // namespace lacuna::experiments
