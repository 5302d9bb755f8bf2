#include "experiments/tasks/rating_prediction/probe.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/core/philox.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/random_purpose.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

struct Pair {
  std::int64_t row = 0;
  std::int32_t col = 0;
  float rating = 0;
};

std::uint64_t random_below(std::uint64_t bound, std::uint32_t step, std::uint64_t element) {
  const RandomStream stream{0, purpose::probe, step};
  const auto word = philox(stream, element);
  return ((std::uint64_t{word[0]} << 32) | word[1]) % bound;  // bias below 2^-32: harmless here
}

/// A random one of the tenth of the warm test pairs whose rows have the most training ratings.
std::optional<Pair> choose_pair(const RatingTask& task) {
  const data::CsrArrays& test = task.dataset().split.test;
  std::vector<Pair> pairs;
  for (std::int64_t r = 0; r < test.rows; ++r) {
    for (std::int64_t e = test.row_ptr[static_cast<std::size_t>(r)];
         e < test.row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      if (task.warm_test()[entry] != 0) pairs.push_back({r, test.col[entry], test.value[entry]});
    }
  }
  if (pairs.empty()) return std::nullopt;
  const auto known = [&](const Pair& pair) {
    return task.stats().per_row[static_cast<std::size_t>(pair.row)];
  };
  std::ranges::stable_sort(pairs, std::ranges::greater{}, known);
  return pairs[random_below(std::max<std::size_t>(pairs.size() / 10, 1), 0, 0)];
}

/// At most `levels` counts from 1 to `most`, each once, evenly spaced on a logarithmic axis: what a
/// prediction owes to the count shows where there are few ratings.
std::vector<std::int64_t> level_counts(std::int64_t most, int levels) {
  std::vector<std::int64_t> counts;
  for (int i = 0; i < levels; ++i) {
    counts.push_back(std::llround(std::pow(static_cast<double>(most), i / (levels - 1.0))));
  }
  const auto repeated = std::ranges::unique(counts);
  counts.erase(repeated.begin(), repeated.end());
  return counts;
}

/// `count` of the entries [begin, end), ascending: the first draws of a Fisher-Yates shuffle.
std::vector<std::int64_t> random_subset(std::int64_t begin, std::int64_t end, std::int64_t count,
                                        std::uint32_t draw) {
  std::vector<std::int64_t> entries(static_cast<std::size_t>(end - begin));
  std::iota(entries.begin(), entries.end(), begin);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    std::swap(entries[i], entries[i + random_below(entries.size() - i, draw + 1, i)]);
  }
  entries.resize(static_cast<std::size_t>(count));
  std::ranges::sort(entries);
  return entries;
}

/// One input row per level and draw: a random subset of the pair's row.
data::CsrArrays masked_inputs(const data::CsrArrays& train, std::int64_t row,
                              const std::vector<std::int64_t>& known, int draws) {
  const std::int64_t begin = train.row_ptr[static_cast<std::size_t>(row)];
  const std::int64_t end = train.row_ptr[static_cast<std::size_t>(row) + 1];
  data::CsrArrays inputs;
  inputs.cols = train.cols;
  inputs.row_ptr = {0};
  for (const std::int64_t count : known) {
    for (int draw = 0; draw < draws; ++draw) {
      const auto stream = static_cast<std::uint32_t>(inputs.rows++);
      for (const std::int64_t entry : random_subset(begin, end, count, stream)) {
        inputs.col.push_back(train.col[static_cast<std::size_t>(entry)]);
        inputs.value.push_back(train.value[static_cast<std::size_t>(entry)]);
      }
      inputs.row_ptr.push_back(inputs.nnz());
    }
  }
  return inputs;
}

/// The same column asked for in each row.
CsrMatrix one_cell_per_row(DeviceContext& context, std::int64_t rows, std::int64_t cols,
                           const Pair& pair) {
  std::vector<std::int64_t> row_ptr(static_cast<std::size_t>(rows) + 1);
  std::iota(row_ptr.begin(), row_ptr.end(), 0);
  const std::vector<std::int32_t> col(static_cast<std::size_t>(rows), pair.col);
  const std::vector<float> value(static_cast<std::size_t>(rows), pair.rating);
  return {context.pool(), rows, cols, row_ptr, col, value};
}

}  // namespace

double ProbeCurve::mean(std::size_t level) const {
  const std::vector<float>& draws = prediction[level];
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

std::optional<ProbeCurve> probe(DeviceContext& context, Model& model, const RatingTask& task,
                                const RatingPredictionConfig& config, const std::string& variant) {
  const std::optional<Pair> pair = choose_pair(task);
  if (!pair || !config.probe) return std::nullopt;
  const ProbeConfig& settings = *config.probe;
  const std::int64_t most = task.stats().per_row[static_cast<std::size_t>(pair->row)];
  ProbeCurve curve{.variant = variant,
                   .actual = static_cast<double>(pair->rating),
                   .known = level_counts(most, settings.levels),
                   .prediction = {}};
  const data::CsrArrays inputs =
      masked_inputs(task.dataset().split.train, pair->row, curve.known, settings.draws);
  const CsrMatrix input = upload(context, task.scaling().to_numbers(inputs));
  const CsrMatrix cells = one_cell_per_row(context, inputs.rows, inputs.cols, *pair);
  Predictor predictor(context, model, asked_of(input, cells));
  PredictionRule clip = task.validation_rule(config);
  clip.warm = {};
  const std::span<float> predicted = predictor.predict();
  task.scaling().to_ratings(predicted);
  apply_rule(clip, predicted);
  for (std::size_t level = 0; level < curve.known.size(); ++level) {
    const auto draws = static_cast<std::size_t>(settings.draws);
    const auto begin = predicted.begin() + static_cast<std::ptrdiff_t>(level * draws);
    curve.prediction.emplace_back(begin, begin + settings.draws);
  }
  return curve;
}

}  // namespace lacuna::experiments
