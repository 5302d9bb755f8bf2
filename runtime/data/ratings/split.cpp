#include "runtime/data/ratings/split.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>

#include "runtime/data/ratings/deal_ratings.hpp"

namespace lacuna::data {
namespace {

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
  const std::vector<RatingsPart> part = deal_ratings(ratings, config);

  const bool by_user = config.vectors == Orientation::user;
  const std::span<const std::int32_t> row = by_user ? ratings.user : ratings.item;
  const std::span<const std::int32_t> col = by_user ? ratings.item : ratings.user;
  const std::int64_t rows = by_user ? ratings.users() : ratings.items();
  const std::int64_t cols = by_user ? ratings.items() : ratings.users();

  // The entries come sorted by (user, item), so columns ascend within a row either way.
  std::array<PartBuilder, 3> builders{PartBuilder(rows, cols), PartBuilder(rows, cols),
                                      PartBuilder(rows, cols)};
  const auto builder_of = [&](std::size_t e) -> PartBuilder& {
    return builders[static_cast<std::size_t>(part[e])];
  };
  for (std::size_t e = 0; e < part.size(); ++e) builder_of(e).count(row[e]);
  for (PartBuilder& builder : builders) builder.allocate();
  Split out;
  const bool has_truth = !ratings.truth.empty();
  if (has_truth) {
    out.test_truth.resize(static_cast<std::size_t>(std::ranges::count(part, RatingsPart::test)));
  }
  for (std::size_t e = 0; e < part.size(); ++e) {
    const std::size_t position = builder_of(e).add(row[e], col[e], ratings.value[e]);
    if (has_truth && part[e] == RatingsPart::test) out.test_truth[position] = ratings.truth[e];
  }
  out.train = builders[0].take();
  out.validation = builders[1].take();
  out.test = builders[2].take();
  return out;
}

}  // namespace lacuna::data
