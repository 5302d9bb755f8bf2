#include "experiments/tasks/probe/probe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>

#include "kernels/core/philox.hpp"
#include "runtime/data/asked_rows.hpp"
#include "runtime/data/upload.hpp"
#include "runtime/random_purpose.hpp"
#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

struct Pair {
  std::int64_t row = 0;
  std::int32_t col = 0;
  float value = 0;
};

std::int64_t length_of(const data::CsrArrays& matrix, std::int64_t row) {
  const auto r = static_cast<std::size_t>(row);
  return matrix.row_ptr[r + 1] - matrix.row_ptr[r];
}

std::uint64_t random_below(std::uint64_t bound, std::uint32_t step, std::uint64_t element) {
  const RandomStream stream{0, purpose::probe, step};
  const auto word = philox(stream, element);
  return ((std::uint64_t{word[0]} << 32) | word[1]) % bound;  // bias below 2^-32: harmless here
}

/// Some of the numbers 0..`from` - 1: the first draws of a Fisher-Yates shuffle.
std::vector<std::size_t> random_subset(std::size_t from, std::size_t count, std::uint32_t step) {
  std::vector<std::size_t> numbers(from);
  std::iota(numbers.begin(), numbers.end(), 0);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(numbers[i], numbers[i + random_below(from - i, step, i)]);
  }
  numbers.resize(count);
  return numbers;
}

/// A random warm test pair of each row that has one, the rows with the most training values first.
std::vector<Pair> pair_of_each_row(const data::CsrArrays& train, const data::CsrArrays& test) {
  std::vector<std::uint8_t> known(static_cast<std::size_t>(train.cols));
  for (const std::int32_t col : train.col) known[static_cast<std::size_t>(col)] = 1;
  std::vector<Pair> pairs;
  for (std::int64_t r = 0; r < test.rows; ++r) {
    if (length_of(train, r) == 0) continue;
    std::vector<Pair> of_row;
    for (std::int64_t e = test.row_ptr[static_cast<std::size_t>(r)];
         e < test.row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      const std::int32_t col = test.col[entry];
      if (known[static_cast<std::size_t>(col)] != 0) of_row.push_back({r, col, test.value[entry]});
    }
    if (of_row.empty()) continue;
    pairs.push_back(of_row[random_below(of_row.size(), 0, static_cast<std::uint64_t>(r))]);
  }
  std::ranges::stable_sort(pairs, std::ranges::greater{},
                           [&](const Pair& pair) { return length_of(train, pair.row); });
  return pairs;
}

/// At most `most` of the pairs whose rows have enough values.
std::vector<Pair> choose_pairs(const ProbedData& data, std::size_t most) {
  std::vector<Pair> pairs = pair_of_each_row(data.train, data.test);
  const std::size_t enough = std::max(pairs.size() / 10, std::min(most, (pairs.size() + 1) / 2));
  pairs.resize(enough);
  std::vector<Pair> chosen;
  for (const std::size_t i : random_subset(enough, std::min(most, enough), 1)) {
    chosen.push_back(pairs[i]);
  }
  return chosen;
}

/// At most `levels` counts from 1 to `most`, each once, evenly spaced on a logarithmic axis: what a
/// prediction owes to the count shows where there are few values.
std::vector<std::int64_t> level_counts(std::int64_t most, int levels) {
  std::vector<std::int64_t> counts;
  for (int i = 0; i < levels; ++i) {
    counts.push_back(std::llround(std::pow(static_cast<double>(most), i / (levels - 1.0))));
  }
  const auto repeated = std::ranges::unique(counts);
  counts.erase(repeated.begin(), repeated.end());
  return counts;
}

/// One input row per pair, level and draw: a random subset of the pair's row.
data::CsrArrays masked_inputs(const data::CsrArrays& train, const std::vector<Pair>& pairs,
                              const std::vector<std::int64_t>& known, int draws) {
  data::CsrArrays inputs;
  inputs.cols = train.cols;
  inputs.row_ptr = {0};
  for (const Pair& pair : pairs) {
    const auto begin = static_cast<std::size_t>(train.row_ptr[static_cast<std::size_t>(pair.row)]);
    const auto length = static_cast<std::size_t>(length_of(train, pair.row));
    for (const std::int64_t count : known) {
      for (int draw = 0; draw < draws; ++draw) {
        const auto step = static_cast<std::uint32_t>(2 + inputs.rows++);
        auto left = random_subset(length, static_cast<std::size_t>(count), step);
        std::ranges::sort(left);
        for (const std::size_t entry : left) {
          inputs.col.push_back(train.col[begin + entry]);
          inputs.value.push_back(train.value[begin + entry]);
        }
        inputs.row_ptr.push_back(inputs.nnz());
      }
    }
  }
  return inputs;
}

/// Each pair's column, asked for in the rows that were made of its own.
CsrMatrix one_cell_per_row(DeviceContext& context, const data::CsrArrays& inputs,
                           const std::vector<Pair>& pairs) {
  const auto rows = static_cast<std::size_t>(inputs.rows);
  std::vector<std::int64_t> row_ptr(rows + 1);
  std::iota(row_ptr.begin(), row_ptr.end(), 0);
  std::vector<std::int32_t> col(rows);
  std::vector<float> value(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const Pair& pair = pairs[row / (rows / pairs.size())];
    col[row] = pair.col;
    value[row] = pair.value;
  }
  return {context.pool(), inputs.rows, inputs.cols, row_ptr, col, value};
}

double mean_of(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

std::optional<Probe> probe(DeviceContext& context, Model& model, const ProbedData& data,
                           const ProbeConfig& settings, const Moment& moment) {
  const std::vector<Pair> pairs = choose_pairs(data, static_cast<std::size_t>(settings.pairs));
  if (pairs.empty()) return std::nullopt;
  const auto lengths = pairs | std::views::transform([&](const Pair& pair) {
                         return length_of(data.train, pair.row);
                       });
  Probe found{.variant = moment.label,
              .epoch = moment.epoch,
              .known = level_counts(std::ranges::min(lengths), settings.levels),
              .pairs = {},
              .draws = {}};
  const data::CsrArrays inputs = masked_inputs(data.train, pairs, found.known, settings.draws);
  const CsrMatrix input = upload(context, data.to_numbers ? data.to_numbers(inputs) : inputs);
  const CsrMatrix cells = one_cell_per_row(context, inputs, pairs);
  Predictor predictor(context, model, asked_of(input, cells));
  const std::span<float> predicted = predictor.predict();
  if (data.to_values) data.to_values(predicted);
  std::span<const float> left = predicted;
  for (const Pair& pair : pairs) {
    const auto [first, second] = data.names(pair.row, pair.col);
    ProbePair& own =
        found.pairs.emplace_back(ProbePair{first, second, static_cast<double>(pair.value), {}});
    for (std::size_t level = 0; level < found.known.size(); ++level) {
      const auto draws = left.first(static_cast<std::size_t>(settings.draws));
      left = left.subspan(draws.size());
      own.mean.push_back(mean_of(draws));
      if (found.pairs.size() == 1) found.draws.emplace_back(draws.begin(), draws.end());
    }
  }
  return found;
}

}  // namespace lacuna::experiments
