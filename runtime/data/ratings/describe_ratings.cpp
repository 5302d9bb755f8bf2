#include "runtime/data/ratings/describe_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>

#include "runtime/data/ratings/rating_stats.hpp"
#include "runtime/io/csv_field.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t listed_values = 12;

/// "least 1, quartiles 3, 8, 20, most 300", of those that have any.
std::string spread(std::vector<std::int64_t> counts) {
  std::erase(counts, 0);
  if (counts.empty()) return "none";
  std::ranges::sort(counts);
  const auto at = [&](double share) {
    return counts[static_cast<std::size_t>(share * static_cast<double>(counts.size() - 1))];
  };
  return fmt::format("least {}, quartiles {}, {}, {}, most {}", at(0), at(0.25), at(0.5), at(0.75),
                     at(1));
}

/// How often each value occurs where there are few, else their range.
std::string values(const Split& split) {
  std::map<float, std::int64_t> counts;
  for (const CsrArrays* part : {&split.train, &split.validation, &split.test}) {
    for (const float value : part->value) {
      ++counts[value];
      if (counts.size() > 1000) break;
    }
  }
  if (counts.size() > listed_values) {
    const RatingStats train = rating_stats(split.train);
    return fmt::format("from {} to {}, mean {:.4g} (training)", train.min, train.max, train.mean);
  }
  std::string text;
  for (const auto& [value, count] : counts) {
    text += fmt::format("{}{} x {}", text.empty() ? "" : ", ", value, count);
  }
  return text;
}

/// Of the pairs of a part, those whose user or item has no training rating.
std::string cold_share(const CsrArrays& part, const RatingStats& train) {
  if (part.nnz() == 0) return "none";
  const auto warm = warm_entries(part, train);
  const auto cold = std::ranges::count(warm, std::uint8_t{0});
  return fmt::format("{:.2f} %",
                     100.0 * static_cast<double>(cold) / static_cast<double>(part.nnz()));
}

}  // namespace

std::string describe_ratings(const Dataset& dataset, Orientation vectors) {
  const Split& split = dataset.split;
  const RatingStats train = rating_stats(split.train);
  const bool by_user = vectors == Orientation::user;
  const std::int64_t users = dataset.ids.user.size();
  const std::int64_t items = dataset.ids.item.size();
  const std::int64_t all = split.train.nnz() + split.validation.nnz() + split.test.nnz();
  const double density =
      static_cast<double>(all) / (static_cast<double>(users) * static_cast<double>(items));
  return fmt::format(
      "{} users, {} items, {} ratings: {:.3g} % of all pairs\n"
      "training ratings of a user: {}\n"
      "training ratings of an item: {}\n"
      "values: {}\n"
      "pairs without a training rating of the user or the item: validation {}, test {}\n",
      users, items, all, 100 * density, spread(by_user ? train.per_row : train.per_col),
      spread(by_user ? train.per_col : train.per_row), values(split),
      cold_share(split.validation, train), cold_share(split.test, train));
}

std::string ratings_text(const CsrArrays& part, const IdMaps& ids, Orientation vectors) {
  const bool by_user = vectors == Orientation::user;
  std::string text = "user,item,rating\n";
  for (std::int64_t r = 0; r < part.rows; ++r) {
    const auto row = static_cast<std::size_t>(r);
    for (auto e = static_cast<std::size_t>(part.row_ptr[row]);
         e < static_cast<std::size_t>(part.row_ptr[row + 1]); ++e) {
      const std::int64_t col = part.col[e];
      fmt::format_to(std::back_inserter(text), "{},{},{}\n",
                     io::csv_field(ids.user.text(by_user ? r : col)),
                     io::csv_field(ids.item.text(by_user ? col : r)), part.value[e]);
    }
  }
  return text;
}

}  // namespace lacuna::data
