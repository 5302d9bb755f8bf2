#include "runtime/data/counts/load_counts.hpp"

#include <fmt/format.h>

#include <limits>
#include <span>

#include "runtime/data/counts/preprocess.hpp"
#include "runtime/data/counts/read_counts.hpp"
#include "runtime/data/part_sizes.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

enum class Part : std::uint8_t { train, validation, test };

std::vector<Part> deal(std::int64_t entries, const CountsSource& source) {
  if (entries > std::numeric_limits<std::uint32_t>::max()) {
    throw DataError("data.path: more than 4294967295 non-zeros cannot be split");
  }
  std::optional<double> test_share;
  if (source.test_share > 0) test_share = source.test_share;
  const PartSizes sizes = part_sizes(entries, test_share, source.validation_share, "non-zeros");
  const auto order = shuffled(entries, {source.split_seed, purpose::split});
  std::vector<Part> parts(order.size(), Part::train);
  const std::span all(order);
  const auto test = static_cast<std::size_t>(sizes.test);
  for (const std::uint32_t e : all.first(test)) parts[e] = Part::test;
  for (const std::uint32_t e : all.subspan(test, static_cast<std::size_t>(sizes.validation))) {
    parts[e] = Part::validation;
  }
  return parts;
}

CsrArrays part_of(const CsrArrays& matrix, const std::vector<Part>& parts, Part wanted) {
  CsrArrays part{.rows = matrix.rows, .cols = matrix.cols, .row_ptr = {0}, .col = {}, .value = {}};
  std::size_t e = 0;
  for (std::size_t r = 0; r < static_cast<std::size_t>(matrix.rows); ++r) {
    for (; e < static_cast<std::size_t>(matrix.row_ptr[r + 1]); ++e) {
      if (parts[e] != wanted) continue;
      part.col.push_back(matrix.col[e]);
      part.value.push_back(matrix.value[e]);
    }
    part.row_ptr.push_back(part.nnz());
  }
  return part;
}

}  // namespace

CountsSplit load_counts(const CountsSource& source, const LoadOptions& options) {
  CountsSplit split{
      .counts = read_counts(source, options), .train = {}, .validation = {}, .test = {}};
  preprocess(split.counts, source.preprocess, options.remark);
  const CsrArrays& matrix = split.counts.matrix;
  const std::vector<Part> parts = deal(matrix.nnz(), source);
  split.train = part_of(matrix, parts, Part::train);
  split.validation = part_of(matrix, parts, Part::validation);
  split.test = part_of(matrix, parts, Part::test);
  return split;
}

}  // namespace lacuna::data
