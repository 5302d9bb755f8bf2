#include "runtime/data/split.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "runtime/data/random_sequence.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

enum Part : std::uint8_t { train_part, validation_part, test_part };

struct Sizes {
  std::int64_t train;
  std::int64_t validation;
  std::int64_t test;
};

Sizes part_sizes(std::int64_t n, const RatingsConfig& config) {
  const auto share = [](double part, std::int64_t of) {
    return static_cast<std::int64_t>(std::llround(part * static_cast<double>(of)));
  };
  const std::int64_t test = share(config.test_share, n);
  const std::int64_t validation = share(config.validation_share, n - test);
  return {n - test - validation, validation, test};
}

void check_size(std::string_view part, std::int64_t size, std::int64_t n, std::string_view advice) {
  if (size > 0) return;
  throw DataError(
      fmt::format("the {} part of {} ratings is empty: {} or use more data", part, n, advice));
}

std::vector<std::uint8_t> deal(std::int64_t n, const Sizes& sizes, std::uint64_t seed) {
  std::vector<std::uint8_t> part(static_cast<std::size_t>(n), train_part);
  const std::vector<std::int64_t> order = shuffled(n, {seed, purpose::split});
  for (std::int64_t k = 0; k < sizes.test + sizes.validation; ++k) {
    const auto entry = static_cast<std::size_t>(order[static_cast<std::size_t>(k)]);
    part[entry] = k < sizes.test ? test_part : validation_part;
  }
  return part;
}

std::vector<std::int64_t> entries_of(Part wanted, const std::vector<std::uint8_t>& part,
                                     std::int64_t count) {
  std::vector<std::int64_t> entries;
  entries.reserve(static_cast<std::size_t>(count));
  for (std::size_t e = 0; e < part.size(); ++e) {
    if (part[e] == wanted) entries.push_back(static_cast<std::int64_t>(e));
  }
  return entries;
}

}  // namespace

Split split_ratings(const Ratings& ratings, const RatingsConfig& config) {
  const Sizes sizes = part_sizes(ratings.size(), config);
  check_size("test", sizes.test, ratings.size(), "raise data.test_share");
  check_size("validation", sizes.validation, ratings.size(), "raise data.validation_share");
  check_size("training", sizes.train, ratings.size(),
             "lower data.test_share and data.validation_share");
  const std::vector<std::uint8_t> part = deal(ratings.size(), sizes, config.split_seed);

  const bool by_user = config.vectors == Orientation::user;
  const std::span<const std::int32_t> row = by_user ? ratings.user : ratings.item;
  const std::span<const std::int32_t> col = by_user ? ratings.item : ratings.user;
  const std::int64_t rows = by_user ? ratings.users() : ratings.items();
  const std::int64_t cols = by_user ? ratings.items() : ratings.users();

  Split out;
  // The entries come sorted by (user, item), so columns ascend within a row either way.
  const auto build = [&](CsrArrays& csr, Part wanted, std::int64_t count) {
    RowGroups groups = group_by_row(row, rows, entries_of(wanted, part, count));
    csr = {rows, cols, std::move(groups.row_ptr), gather(col, groups.entry),
           gather(std::span(ratings.value), groups.entry)};
    if (wanted == test_part && !ratings.truth.empty()) {
      out.test_truth = gather(std::span(ratings.truth), groups.entry);
    }
  };
  build(out.train, train_part, sizes.train);
  build(out.validation, validation_part, sizes.validation);
  build(out.test, test_part, sizes.test);
  return out;
}

}  // namespace lacuna::data
