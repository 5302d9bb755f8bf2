#include "runtime/data/ratings/split.hpp"

#include <array>
#include <numeric>
#include <span>
#include <utility>

#include "runtime/data/part_sizes.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

enum Part : std::uint8_t { train_part, validation_part, test_part };

std::vector<std::uint8_t> deal(std::int64_t n, const PartSizes& sizes, std::uint64_t seed) {
  std::vector<std::uint8_t> part(static_cast<std::size_t>(n), train_part);
  const std::vector<std::uint32_t> order = shuffled(n, {seed, purpose::split});
  for (std::int64_t k = 0; k < sizes.test + sizes.validation; ++k) {
    part[order[static_cast<std::size_t>(k)]] = k < sizes.test ? test_part : validation_part;
  }
  return part;
}

/// A part while its entries come in, in an order in which columns ascend within each row.
class PartBuilder {
 public:
  PartBuilder(std::int64_t rows, std::int64_t cols)
      : csr_{rows, cols, std::vector<std::int64_t>(static_cast<std::size_t>(rows) + 1), {}, {}} {}

  /// First for every entry ...
  void count(std::int32_t row) { ++csr_.row_ptr[static_cast<std::size_t>(row) + 1]; }

  /// ... then once ...
  void allocate() {
    std::partial_sum(csr_.row_ptr.begin(), csr_.row_ptr.end(), csr_.row_ptr.begin());
    csr_.col.resize(static_cast<std::size_t>(csr_.row_ptr.back()));
    csr_.value.resize(csr_.col.size());
    next_.assign(csr_.row_ptr.begin(), csr_.row_ptr.end() - 1);
  }

  /// ... then for every entry again. Returns its position.
  std::size_t add(std::int32_t row, std::int32_t col, float value) {
    const auto e = static_cast<std::size_t>(next_[static_cast<std::size_t>(row)]++);
    csr_.col[e] = col;
    csr_.value[e] = value;
    return e;
  }

  CsrArrays take() { return std::move(csr_); }

 private:
  CsrArrays csr_;
  std::vector<std::int64_t> next_;  // by row: where its next entry goes
};

}  // namespace

Split split_ratings(const Ratings& ratings, const RatingsConfig& config) {
  const PartSizes sizes =
      part_sizes(ratings.size(), config.test_share, config.validation_share, "ratings");
  const std::vector<std::uint8_t> part = deal(ratings.size(), sizes, config.split_seed);

  const bool by_user = config.vectors == Orientation::user;
  const std::span<const std::int32_t> row = by_user ? ratings.user : ratings.item;
  const std::span<const std::int32_t> col = by_user ? ratings.item : ratings.user;
  const std::int64_t rows = by_user ? ratings.users() : ratings.items();
  const std::int64_t cols = by_user ? ratings.items() : ratings.users();

  // The entries come sorted by (user, item), so columns ascend within a row either way.
  std::array<PartBuilder, 3> builders{PartBuilder(rows, cols), PartBuilder(rows, cols),
                                      PartBuilder(rows, cols)};
  for (std::size_t e = 0; e < part.size(); ++e) builders[part[e]].count(row[e]);
  for (PartBuilder& builder : builders) builder.allocate();
  Split out;
  if (!ratings.truth.empty()) out.test_truth.resize(static_cast<std::size_t>(sizes.test));
  for (std::size_t e = 0; e < part.size(); ++e) {
    const std::size_t position = builders[part[e]].add(row[e], col[e], ratings.value[e]);
    if (part[e] == test_part && !ratings.truth.empty()) out.test_truth[position] = ratings.truth[e];
  }
  out.train = builders[train_part].take();
  out.validation = builders[validation_part].take();
  out.test = builders[test_part].take();
  return out;
}

}  // namespace lacuna::data
